import { describe, expect, it } from "vitest";
import {
  Answers_CertStanding as Cert,
  Answers_Holder as Holder,
  Answers_Pin as Pin,
  Answers_ReplyForm as ReplyForm,
  Answers_Who as Who,
  Answers_YesNo as YesNo,
} from "../../gen/madoguchi/renewal/v1/renewal_pb";
import { isTextId } from "../../shared/texts";
import { answersOf, rows, rowsFor, turned, usualDraft } from "./answers";

describe("the questions at the window", () => {
  it("begin with what the number was taken for", () => {
    expect(answersOf(usualDraft("renew_self"))).toMatchObject({
      who: Who.SELF,
      pin: Pin.KNOWN,
      userCert: Cert.IN_WINDOW,
      registeredHere: YesNo.YES,
    });
    expect(answersOf(usualDraft("renew_pin_reset")).pin).toBe(Pin.FORGOTTEN);
    expect(answersOf(usualDraft("renew_proxy"))).toMatchObject({
      who: Who.VOL,
      replyForm: ReplyForm.SEALED,
      photoId: YesNo.YES,
    });
  });

  it("leave unanswered what does not matter for whoever comes", () => {
    const self = answersOf(usualDraft("renew_self"));
    expect(self).not.toHaveProperty("replyForm");
    expect(self).not.toHaveProperty("photoId");
    expect(answersOf(usualDraft("renew_proxy"))).not.toHaveProperty("holder");
  });

  it("never have more rows than there are digits", () => {
    for (const who of rows.who) {
      const draft = { ...usualDraft("renew_self"), who };
      expect(rowsFor(draft).length).toBeLessThanOrEqual(9);
    }
  });

  it("turn from choice to choice, and a representative comes for a child", () => {
    let draft = turned(usualDraft("renew_self"), "who");
    expect(answersOf(draft)).toMatchObject({
      who: Who.STAT,
      holder: Holder.UNDER_15,
    });
    draft = turned(turned(draft, "who"), "who");
    expect(draft.who).toBe("self");
  });

  it("take the signing certificate alone after a move", () => {
    const draft = { ...usualDraft("renew_self"), cert: "revoked" } as const;
    expect(answersOf(draft)).toMatchObject({
      signingCert: Cert.REVOKED,
      userCert: Cert.IN_WINDOW,
    });
  });

  it("have words for each row and each choice", () => {
    for (const [row, choices] of Object.entries(rows)) {
      expect(isTextId(`window.${row}`), row).toBe(true);
      for (const choice of choices) {
        expect(isTextId(`window.${row}.${choice}`), `${row} ${choice}`).toBe(true);
      }
    }
  });
});
