import { useContext, useState, type FormEvent, type ReactNode } from "react";
import type { Ticket } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { withoutReadings } from "../shared/ruby";
import { LanguageContext, Text } from "../shared/Text";
import {
  languages,
  localized,
  type Language,
  type TextId,
} from "../shared/texts";
import { keyAt } from "./ChoiceList";
import { Dialog } from "./Dialog";
import {
  FormEnd,
  NoteField,
  RadioField,
  SelectField,
  TextField,
} from "./fields";
import { serviceName, type Floor } from "./floor";
import {
  checkEdit,
  checkHold,
  checkTransfer,
  openCounters,
  readNumber,
  type Answers,
  type Checked,
  type TransferDraft,
} from "./questions";
import { useText } from "./useText";
import { holdReasons, lastPart, nameOf, positions } from "./words";

/** What each form is given. */
interface FormProps<Answer> {
  readonly onAnswer: (answer: Answer) => void;
  readonly onCancel: () => void;
}

/** A form in a dialog: answers only with what was checked. */
function Form<Answer>(
  props: FormProps<Answer> & {
    kind: string;
    heading: string;
    check: () => Checked<Answer>;
    onKey?: (key: string) => void;
    children: ReactNode;
  },
): ReactNode {
  const { kind, heading, check, onKey, onAnswer, onCancel, children } = props;
  const [refused, setRefused] = useState<TextId>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const checked = check();
    if ("answer" in checked) onAnswer(checked.answer);
    else setRefused(checked.refused);
  };
  return (
    <Dialog
      kind={kind}
      heading={heading}
      onCancel={onCancel}
      {...(onKey === undefined ? {} : { onKey })}
    >
      <form noValidate onSubmit={submit}>
        {children}
        <FormEnd refused={refused} onCancel={onCancel} />
      </form>
    </Dialog>
  );
}

export function NumberForm(
  props: FormProps<string> & { heading: TextId },
): ReactNode {
  const text = useText();
  const [number, setNumber] = useState("");
  return (
    <Form
      {...props}
      kind="number"
      heading={text(props.heading)}
      check={() =>
        readNumber(number) === ""
          ? { refused: "counter.choose_one" }
          : { answer: readNumber(number) }
      }
    >
      <TextField
        first
        label="counter.form_find"
        value={number}
        onChange={setNumber}
      />
    </Form>
  );
}

export function HoldForm(
  props: FormProps<Answers["hold"]> & { number: string },
): ReactNode {
  const text = useText();
  const language = useContext(LanguageContext);
  const [reason, setReason] = useState<(typeof holdReasons)[number] | "">("");
  const [minutes, setMinutes] = useState("");
  const [where, setWhere] = useState<"any" | "here">("any");
  return (
    <Form
      {...props}
      kind="hold"
      heading={text("counter.form_hold", { n: props.number })}
      check={() => checkHold({ reason, minutes, toCounter: where === "here" })}
      onKey={(key) => {
        const chosen = holdReasons[Number(key) - 1];
        if (chosen !== undefined) setReason(chosen);
      }}
    >
      <RadioField
        first
        name="reason"
        legend="counter.form_reason"
        value={reason}
        onChange={setReason}
        options={holdReasons.map((code, index) => ({
          value: code,
          label: nameOf("hold_reason", code, language),
          ...keyed(index),
        }))}
      />
      <TextField
        numeric
        label="counter.form_minutes"
        value={minutes}
        onChange={setMinutes}
      />
      <RadioField
        name="where"
        legend="counter.form_hold_where"
        value={where}
        onChange={setWhere}
        options={[
          { value: "any", label: <Text id="counter.form_hold_any" /> },
          { value: "here", label: <Text id="counter.form_hold_here" /> },
        ]}
      />
    </Form>
  );
}

export function TransferForm(
  props: FormProps<Answers["transfer"]> & {
    number: string;
    floor: Floor;
    office: string;
    own: string;
  },
): ReactNode {
  const { floor, office, own } = props;
  const text = useText();
  const language = useContext(LanguageContext);
  const [draft, setDraft] = useState<TransferDraft>({
    where: "service",
    service: "",
    counter: "",
    office: "",
    position: "arrival",
    note: "",
  });
  const set = (change: Partial<TransferDraft>) =>
    setDraft({ ...draft, ...change });
  const counters = openCounters(floor, own);
  const wheres = ["service", "counter", "office"] as const;
  return (
    <Form
      {...props}
      kind="transfer"
      heading={text("counter.form_transfer", { n: props.number })}
      check={() => checkTransfer(draft, office)}
      onKey={(key) => {
        const where = wheres[Number(key) - 1];
        if (where !== undefined) set({ where });
      }}
    >
      <RadioField
        first
        name="where"
        legend="counter.form_where"
        value={draft.where}
        onChange={(where) => set({ where })}
        options={wheres.map((where, index) => ({
          value: where,
          label: <Text id={`counter.form_where_${where}`} />,
          ...keyed(index),
        }))}
      />
      {draft.where === "counter" &&
        (counters.length === 0 ? (
          <p>
            <Text id="counter.form_counter_none" />
          </p>
        ) : (
          <RadioField
            name="counter"
            legend="counter.form_counter"
            value={draft.counter}
            onChange={(counter) => set({ counter })}
            options={counters.map((counter) => ({
              value: lastPart(counter.name),
              label: withoutReadings(localized(counter.label, language)),
            }))}
          />
        ))}
      {draft.where === "service" && (
        <SelectField
          label="counter.form_service"
          value={draft.service}
          onChange={(service) => set({ service })}
          options={[
            { value: "", label: "–" },
            ...serviceOptions(floor, language),
          ]}
        />
      )}
      {draft.where === "office" && (
        <>
          <TextField
            label="counter.form_office"
            value={draft.office}
            onChange={(to) => set({ office: to })}
          />
          <TextField
            label="counter.form_service_code"
            value={draft.service}
            suggestions={floor.services.map((service) => service.service)}
            onChange={(service) => set({ service })}
          />
        </>
      )}
      <RadioField
        name="position"
        legend="counter.form_position"
        value={draft.position}
        onChange={(position) => set({ position })}
        options={positions.map((position) => ({
          value: position,
          label: <Text id={`position.${position}`} />,
        }))}
      />
      <NoteField value={draft.note} onChange={(note) => set({ note })} />
    </Form>
  );
}

export function EditForm(
  props: FormProps<Answers["edit"]> & { ticket: Ticket; floor: Floor },
): ReactNode {
  const { ticket, floor } = props;
  const text = useText();
  const shown = useContext(LanguageContext);
  const [language, setLanguage] = useState(ticket.language);
  const [service, setService] = useState(ticket.service);
  const [note, setNote] = useState(ticket.note);
  const services = serviceOptions(floor, shown);
  const unknown = services.every((option) => option.value !== ticket.service);
  return (
    <Form
      {...props}
      kind="edit"
      heading={text("counter.form_edit", { n: ticket.number })}
      check={() => checkEdit(ticket, { language, service, note })}
      onKey={(key) => {
        const chosen = languages[Number(key) - 1];
        if (chosen !== undefined) setLanguage(chosen);
      }}
    >
      <LanguageField first value={language} onChange={setLanguage} />
      <SelectField
        label="counter.form_service"
        value={service}
        onChange={setService}
        options={
          unknown
            ? [{ value: ticket.service, label: ticket.service }, ...services]
            : services
        }
      />
      <NoteField value={note} onChange={setNote} />
    </Form>
  );
}

export function VisitorForm(
  props: FormProps<Answers["visitor"]> & { floor: Floor },
): ReactNode {
  const { floor } = props;
  const text = useText();
  const shown = useContext(LanguageContext);
  const [service, setService] = useState("");
  const [language, setLanguage] = useState("ja");
  return (
    <Form
      {...props}
      kind="visitor"
      heading={text("counter.form_visitor")}
      check={() =>
        service === ""
          ? { refused: "counter.choose_one" }
          : { answer: { service, language } }
      }
      onKey={(key) => {
        const chosen = floor.services[Number(key) - 1];
        if (chosen !== undefined) setService(chosen.service);
      }}
    >
      <RadioField
        first
        name="service"
        legend="counter.form_service"
        value={service}
        onChange={setService}
        options={floor.services.map((one, index) => ({
          value: one.service,
          label: withoutReadings(serviceName(floor, one.service, shown)),
          ...keyed(index),
        }))}
      />
      <LanguageField value={language} onChange={setLanguage} />
    </Form>
  );
}

function LanguageField(props: {
  value: string;
  first?: boolean;
  onChange: (language: string) => void;
}): ReactNode {
  const { value, first = false, onChange } = props;
  return (
    <RadioField
      first={first}
      name="language"
      legend="counter.form_language"
      value={value}
      onChange={onChange}
      options={languages.map((code, index) => ({
        value: code,
        label: <Text id={`language.${code}`} />,
        ...(first ? keyed(index) : {}),
      }))}
    />
  );
}

function serviceOptions(floor: Floor, language: Language) {
  return floor.services.map((service) => ({
    value: service.service,
    label: withoutReadings(
      localized(service.displayName, language) || service.service,
    ),
  }));
}

function keyed(index: number): { key?: string } {
  const key = keyAt(index);
  return key === undefined ? {} : { key };
}
