#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_TEXTS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_TEXTS_H

#include "absl/status/status.h"
#include <string>

namespace madoguchi::counter_terminal {

/// One thing said to a clerk, in both languages of the terminal.
struct Sentence {
  std::string ja;
  std::string en;

  friend bool operator==(Sentence const&, Sentence const&) = default;
};

/// What a refusal of the server means, in a clerk's words. The server's own
/// message stands in for a reason that is not known here.
Sentence SentenceOf(absl::Status const& status);

/// What the terminal says by itself. {n} is a number, {c} a counter.
namespace texts {

inline Sentence const kNoTicket = {
    "この窓口には番号がありません。n で次の方をお呼びください",
    "This counter has no ticket. Press n to call the next visitor."};
inline Sentence const kAlreadyServing = {
    "すでに応対中です。終わったら c を押してください",
    "The visitor is being served. Press c when done."};
inline Sentence const kNotYetServing = {
    "まだ応対を始めていません。いらしたら s を押してください",
    "Service has not begun. Press s when the visitor has come."};
inline Sentence const kAlreadyYours = {
    "この窓口はすでにこの端末で開いています",
    "This terminal already works at the counter."};
inline Sentence const kFinishBeforeClosing = {
    "番号が残っています。完了または不在にしてから閉じてください",
    "A ticket is still here. Complete it or mark it absent, then close."};
inline Sentence const kFinishCalled = {
    "お呼びした方がまだです。s で応対開始、または a で不在にしてください",
    "A visitor has been called. Press s to start or a if nobody came."};
inline Sentence const kFinishServing = {
    "応対中の番号があります。c で完了してから次の方をお呼びください",
    "Complete the visit with c before calling the next visitor."};
inline Sentence const kTakenOver = {
    "別の端末がこの窓口を引き継ぎました。t で取り戻せます",
    "Another terminal has taken this counter. Press t to take it back."};
inline Sentence const kNotOpen = {
    "窓口が開いていません。t で開けます",
    "The counter is not open here. Press t to open it."};

inline Sentence const kOpened = {"{c}番窓口を開きました",
                                 "Counter {c} is open."};
inline Sentence const kHeldAtOpening = {
    "番号 {n} を引き継ぎました", "Ticket {n} was here and is yours now."};
inline Sentence const kAskTakeOver = {
    "別の端末が{c}番窓口を使っています。引き継ぎますか  y=はい  n=いいえ",
    "Another terminal works at counter {c}. Take it over?  y=yes  n=no"};
inline Sentence const kCalled = {"番号 {n} をお呼びしました",
                                 "Ticket {n} was called."};
inline Sentence const kRecalled = {"番号 {n} をもう一度お呼びしました",
                                   "Ticket {n} was called again."};
inline Sentence const kStarted = {"番号 {n} の応対を始めました",
                                  "Service of ticket {n} has begun."};
inline Sentence const kCompleted = {"番号 {n} を完了しました",
                                    "Ticket {n} is complete."};
inline Sentence const kAbsent = {"番号 {n} を不在にしました",
                                 "Ticket {n} is marked absent."};
inline Sentence const kReturned = {"番号 {n} を待ちに戻しました",
                                   "Ticket {n} waits again."};
inline Sentence const kClosed = {"{c}番窓口を閉じました",
                                 "Counter {c} is closed."};
inline Sentence const kLeftOpen = {
    "窓口は開いたままです。次に開くときに引き継いでください",
    "The counter stays open. Take it over when you come back."};

inline Sentence const kNobodyAbsent = {"不在の番号はありません",
                                       "No number is absent."};
inline Sentence const kAskReturn = {
    "戻った方の番号を入力してください (空欄で中止)",
    "Type the number that is back (empty: none)."};
inline Sentence const kNoSuchAbsent = {"その番号は不在の一覧にありません",
                                       "That number is not absent."};
inline Sentence const kAskOutcome = {
    "結果のコードを入力してください (空欄は done)",
    "Type the outcome's code (empty: done)."};
inline Sentence const kNobodyListed = {"番号はありません",
                                       "There are no tickets."};
inline Sentence const kUnknownKey = {"そのキーは使えません",
                                     "That key means nothing here."};

inline Sentence const kOutcomeUnknown = {
    "結果が確認できません。同じ操作を送り直しています。二重にはなりません",
    "The outcome is not known yet. Asking again; nothing is done twice."};
inline Sentence const kLookedAgain = {"最新の状態を表示します",
                                      "Showing what is true now."};

}  // namespace texts
}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_TEXTS_H
