import type { Ticket } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import type { TextId, TextValues } from "../shared/texts";

/** What must not be overlooked about `ticket`. */
export function marksOf(ticket: Ticket): { id: TextId; values: TextValues }[] {
  const marks: { id: TextId; values: TextValues }[] = [];
  const add = (set: boolean, id: TextId, values: TextValues = {}) => {
    if (set) marks.push({ id, values });
  };
  add(ticket.assist, "counter.mark_assist");
  add(ticket.pickup, "counter.mark_pickup");
  add(ticket.unqueued, "counter.mark_unqueued");
  add(ticket.carriedOverFrom !== "", "counter.mark_carried_over");
  add(ticket.movedFrom !== "", "counter.mark_moved");
  add(ticket.recallCount > 0, "counter.mark_recalls", {
    k: ticket.recallCount,
  });
  return marks;
}
