import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  AnswersSchema,
  Answers_Card as Card,
  Answers_CardStanding as CardStanding,
  Answers_CertStanding as Cert,
  Answers_Holder as Holder,
  Answers_Pin as Pin,
  Answers_ReplyForm as ReplyForm,
  Answers_Who as Who,
  Answers_YesNo as YesNo,
} from "../../gen/madoguchi/renewal/v1/renewal_pb";

/**
 * What a clerk answers at the window, in the order of the form; none of it tells
 * who somebody is. `special` is what sends a visitor elsewhere first, and is
 * seldom.
 */
export const rows = {
  who: ["self", "stat", "vol"],
  holder: ["adult", "teen", "child", "ward"],
  card: ["here", "at_home", "lost"],
  card_standing: ["valid", "soon", "expired"],
  cert: ["in_window", "expired", "not_yet", "revoked", "none"],
  pin: ["known", "forgotten", "locked", "no_pin"],
  reply_form: ["sealed", "not_sealed", "missing"],
  authority: ["yes", "no"],
  photo_id: ["yes", "no"],
  special: ["nothing", "other_city", "stay_ending", "face_old", "signing_wish"],
} as const;

export type Row = keyof typeof rows;
export type Draft = { readonly [R in Row]: (typeof rows)[R][number] };

/** What a service says before anybody has answered: the usual visit. */
export function usualDraft(service: string): Draft {
  const proxy = service === "renew_proxy";
  return {
    who: proxy ? "vol" : "self",
    holder: "adult",
    card: "here",
    card_standing: "valid",
    cert: "in_window",
    pin: service === "renew_pin_reset" ? "forgotten" : "known",
    reply_form: "sealed",
    authority: "yes",
    photo_id: "yes",
    special: "nothing",
  };
}

/** The rows that matter for whoever comes. */
export function rowsFor({ who }: Draft): Row[] {
  const ofAll: Row[] = ["who", "holder", "card", "card_standing", "cert", "pin"];
  switch (who) {
    case "self":
      return [...ofAll, "special"];
    case "stat":
      return [...ofAll, "authority", "photo_id", "special"];
    case "vol":
      return [
        ...ofAll.filter((row) => row !== "holder"),
        "reply_form",
        "photo_id",
        "special",
      ];
  }
}

/** `draft` with the choice of `row` that follows the one it has. */
export function turned(draft: Draft, row: Row): Draft {
  const choices: readonly string[] = rows[row];
  const next = choices[(choices.indexOf(draft[row]) + 1) % choices.length];
  // A representative comes for somebody who needs one.
  const represents = row === "who" && next === "stat";
  return {
    ...draft,
    ...(represents && draft.holder === "adult" ? { holder: "child" } : {}),
    [row]: next,
  } as Draft;
}

/** What the decision table is asked with. */
export function answersOf(draft: Draft): MessageInitShape<typeof AnswersSchema> {
  const asked = new Set(rowsFor(draft));
  const yes = (is: boolean) => (is ? YesNo.YES : YesNo.NO);
  // Moving takes the signing certificate alone.
  const user = draft.cert === "revoked" ? "in_window" : draft.cert;
  return {
    who: { self: Who.SELF, stat: Who.STAT, vol: Who.VOL }[draft.who],
    ...(asked.has("holder") && {
      holder: {
        adult: Holder.ADULT,
        teen: Holder.AGE_15_TO_17,
        child: Holder.UNDER_15,
        ward: Holder.WARD,
      }[draft.holder],
    }),
    card: { here: Card.WITH_ME, at_home: Card.AT_HOME, lost: Card.LOST }[draft.card],
    cardStanding: {
      valid: CardStanding.VALID,
      soon: CardStanding.EXPIRES_SOON,
      expired: CardStanding.CARD_EXPIRED,
    }[draft.card_standing],
    signingCert: certOf[draft.cert],
    userCert: certOf[user],
    pin: {
      known: Pin.KNOWN,
      forgotten: Pin.FORGOTTEN,
      locked: Pin.LOCKED,
      no_pin: Pin.NO_PIN,
    }[draft.pin],
    ...(asked.has("reply_form") && {
      replyForm: {
        sealed: ReplyForm.SEALED,
        not_sealed: ReplyForm.NOT_SEALED,
        missing: ReplyForm.MISSING,
      }[draft.reply_form],
    }),
    ...(asked.has("photo_id") && { photoId: yes(draft.photo_id === "yes") }),
    ...(asked.has("authority") && { authority: yes(draft.authority === "yes") }),
    signingWish: yes(draft.special === "signing_wish"),
    registeredHere: yes(draft.special !== "other_city"),
    stayEnding: yes(draft.special === "stay_ending"),
    cardFaceCurrent: yes(draft.special !== "face_old"),
  };
}

const certOf = {
  in_window: Cert.IN_WINDOW,
  expired: Cert.EXPIRED,
  not_yet: Cert.NOT_YET,
  revoked: Cert.REVOKED,
  none: Cert.NONE,
} as const;
