import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import {
  IssueNumberResponseSchema,
  KioskService,
  KioskUpdate_Medium as Medium,
  KioskUpdateSchema,
  Press_State as PressState,
  StaffCornerSchema,
  TriageResponseSchema,
  type IssueNumberRequest,
  type KioskUpdate,
  type TriageRequest,
  type TriageResponse,
} from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import { pause } from "../shared/pause";
import type { KioskWorld } from "./useKiosk";

type Change = MessageInitShape<typeof KioskUpdateSchema>;
type CornerChange = MessageInitShape<typeof StaffCornerSchema>;

/**
 * A ticket machine in the memory of a test: it tells its picture to whoever
 * watches, and answers presses as the test says.
 */
export class MachineInMemory {
  readonly presses: IssueNumberRequest[] = [];
  readonly steps: string[] = [];
  readonly triages: TriageRequest[] = [];
  /** Says what is next before a number; nothing, unless a test says so. */
  onTriage = (_request: TriageRequest): Promise<TriageResponse> =>
    Promise.resolve(create(TriageResponseSchema));
  /** Answers a press; the first call of each is `attempt` 0. */
  onIssue = (request: IssueNumberRequest, _attempt: number) =>
    Promise.resolve(
      create(IssueNumberResponseSchema, {
        press: {
          requestId: request.requestId,
          state: PressState.DONE,
          number: "A101",
          aheadCount: 3,
          link: "https://queue.example.jp/t#token",
        },
      }),
    );
  #update: KioskUpdate;
  #corner = create(StaffCornerSchema, { programVersion: "1.0.0" });
  #now = 0;
  #changed = new AbortController();

  constructor() {
    this.#update = create(KioskUpdateSchema, {
      timeZone: "Asia/Tokyo",
      officeName: { ja: "曙市役所 本庁", en: "Akebono City Hall" },
      services: [
        {
          service: "renew_self",
          displayName: { ja: "電子証明書の更新(本人)", en: "Renew" },
          waitingCount: 7,
        },
      ],
      medium: Medium.PAPER,
    });
  }

  /** Changes the picture, and tells it. */
  tell(change: Change) {
    // Without its type it is read as an initial value, parts included.
    const { $typeName: _, ...now } = this.#update;
    this.#update = create(KioskUpdateSchema, { ...now, ...change } as Change);
    this.#changed.abort();
    this.#changed = new AbortController();
  }

  setCorner(corner: CornerChange) {
    this.#corner = create(StaffCornerSchema, corner);
  }

  /** Lets `ms` pass on the page's clock. */
  pass(ms: number) {
    this.#now += ms;
  }

  world(storage: Storage): KioskWorld {
    const transport = createRouterTransport(({ service }) => {
      service(KioskService, {
        watchKiosk: (_, context) => this.#watch(context.signal),
        triage: (request) => {
          this.triages.push(request);
          return this.onTriage(request);
        },
        issueNumber: (request) => {
          this.presses.push(request);
          return this.onIssue(request, this.presses.length - 1);
        },
        enterStaffCorner: ({ staffKey }) => this.#staff("enter", staffKey),
        leaveStaffCorner: ({ staffKey }) => {
          this.#staff("leave", staffKey);
          return {};
        },
        reprintLast: ({ staffKey }) => this.#staff("reprint", staffKey),
        changePaper: ({ staffKey }) => this.#staff("paper", staffKey),
        setOutOfOrder: ({ staffKey, outOfOrder }) =>
          this.#staff(`outOfOrder ${outOfOrder}`, staffKey),
        settlePrinting: ({ staffKey, press, visitorHasIt }) =>
          this.#staff(`settle ${press} ${visitorHasIt}`, staffKey),
      });
    });
    return {
      client: createClient(KioskService, transport),
      storage,
      clock: () => this.#now,
      wallClock: () => Date.now(),
    };
  }

  #staff(step: string, key: string) {
    if (key !== "4711") {
      throw new ConnectError("wrong", Code.PermissionDenied);
    }
    this.steps.push(step);
    return { corner: this.#corner };
  }

  async *#watch(signal: AbortSignal) {
    while (!signal.aborted) {
      const changed = AbortSignal.any([signal, this.#changed.signal]);
      yield this.#update;
      await pause(1_000, changed);
    }
  }
}
