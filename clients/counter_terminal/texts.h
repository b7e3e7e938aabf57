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

/// What the terminal says by itself. {n} is a number, {c} a counter, {m} the
/// number at another office.
namespace texts {

// Why a key makes no sense now, and which one does.
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
inline Sentence const kFinishBeforePause = {
    "番号が残っています。完了・保留・不在のいずれかにしてから休止してください",
    "A ticket is still here. Complete, hold or mark it absent, then pause."};
inline Sentence const kFinishCalled = {
    "お呼びした方がまだです。s で応対開始、または a で不在にしてください",
    "A visitor has been called. Press s to start or a if nobody came."};
inline Sentence const kFinishServing = {
    "応対中の番号があります。c で完了してから次の方をお呼びください",
    "Complete the visit with c before calling the next visitor."};
inline Sentence const kPausedNow = {
    "休止中です。p で再開してからお呼びください",
    "The counter is paused. Press p to go on, then call."};
inline Sentence const kTakenOver = {
    "別の端末がこの窓口を引き継ぎました。x で取り戻せます",
    "Another terminal has taken this counter. Press x to take it back."};
inline Sentence const kNotOpen = {
    "窓口が開いていません。x で開けます",
    "The counter is not open here. Press x to open it."};
inline Sentence const kNothingToUndo = {"元に戻せる操作はありません",
                                        "There is no step to take back."};
inline Sentence const kUnknownKey = {"そのキーは使えません。? で一覧",
                                     "That key means nothing here. ? lists."};
inline Sentence const kNoSuchOutcome = {"その番号の結果は登録されていません",
                                        "No outcome has that number."};

// What was done.
inline Sentence const kOpened = {"{c}番窓口を開きました",
                                 "Counter {c} is open."};
inline Sentence const kHeldAtOpening = {
    "番号 {n} を引き継ぎました", "Ticket {n} was here and is yours now."};
inline Sentence const kCalled = {"番号 {n} をお呼びしました",
                                 "Ticket {n} was called."};
inline Sentence const kCalledPickup = {
    "番号 {n} をお渡しのためお呼びしました",
    "Ticket {n} was called to pick something up."};
inline Sentence const kRecalled = {"番号 {n} をもう一度お呼びしました",
                                   "Ticket {n} was called again."};
inline Sentence const kStarted = {"番号 {n} の応対を始めました",
                                  "Service of ticket {n} has begun."};
inline Sentence const kServedVisitor = {
    "番号 {n} として応対を始めました (呼び出しなし)",
    "Service has begun as ticket {n}, which is not called."};
inline Sentence const kCompleted = {"番号 {n} を完了しました",
                                    "Ticket {n} is complete."};
inline Sentence const kNextService = {"番号 {n} は次の用件の順番をお待ちです",
                                      "Ticket {n} waits for its next service."};
inline Sentence const kAbsent = {"番号 {n} を不在にしました",
                                 "Ticket {n} is marked absent."};
inline Sentence const kHeld = {"番号 {n} を保留にしました",
                               "Ticket {n} is on hold."};
inline Sentence const kResumed = {"番号 {n} の応対を再開しました",
                                  "Service of ticket {n} goes on."};
inline Sentence const kReturned = {"番号 {n} を待ちに戻しました",
                                   "Ticket {n} waits again."};
inline Sentence const kTransferred = {"番号 {n} を転送しました",
                                      "Ticket {n} was transferred."};
inline Sentence const kMoved = {
    "番号 {n} は移動先で番号 {m} になりました。お客様にお伝えください",
    "Ticket {n} is number {m} at the other office. Tell the visitor."};
inline Sentence const kDesignated = {
    "番号 {n} を次に{c}番窓口で呼ぶ番号に指定しました",
    "Counter {c} calls ticket {n} next."};
inline Sentence const kAssistSet = {"番号 {n} に配慮の印を付けました",
                                    "Ticket {n} is marked for assistance."};
inline Sentence const kAssistCleared = {
    "番号 {n} の配慮の印を外しました",
    "Ticket {n} is no longer marked for assistance."};
inline Sentence const kEdited = {
    "番号 {n} を修正しました。順番は変わりません",
    "Ticket {n} is corrected and keeps its place."};
inline Sentence const kUndone = {"番号 {n} を元に戻しました",
                                 "Ticket {n} is as it was before."};
inline Sentence const kPaused = {"{c}番窓口を休止しました。p で再開します",
                                 "Counter {c} is paused. Press p to go on."};
inline Sentence const kWorksAgain = {"{c}番窓口を再開しました",
                                     "Counter {c} can call again."};
inline Sentence const kClosed = {"{c}番窓口を閉じました",
                                 "Counter {c} is closed."};
inline Sentence const kLeftOpen = {
    "窓口は開いたままです。次に開くときに引き継いでください",
    "The counter stays open. Take it over when you come back."};

// What is asked with yes or no.
inline Sentence const kAskTakeOver = {
    "別の端末が{c}番窓口を使っています。引き継ぎますか  y=はい  n=いいえ",
    "Another terminal works at counter {c}. Take it over?  y=yes  n=no"};
inline Sentence const kAskAbsent = {
    "番号 {n} を不在にしますか  y=はい  n=いいえ",
    "Mark ticket {n} absent?  y=yes  n=no"};
inline Sentence const kAskFinishAndCall = {
    "番号 {n} を応対中です。  y=完了して呼ぶ  n=このまま応対を続ける",
    "Ticket {n} is being served.  y=finish and call  n=stay"};
inline Sentence const kAskMove = {
    "番号 {n} を別の庁舎に移しますか。この庁舎では終わります  y=はい  n=いいえ",
    "Move ticket {n} to another office? It ends here.  y=yes  n=no"};
inline Sentence const kAskPauseLast = {
    "ほかに呼び出せる窓口がありません。休止しますか  y=はい  n=いいえ",
    "No other counter can call now. Pause all the same?  y=yes  n=no"};
inline Sentence const kAskCloseLast = {
    "ほかに呼び出せる窓口がありません。閉じますか  y=はい  n=いいえ",
    "No other counter can call now. Close all the same?  y=yes  n=no"};
inline Sentence const kAskClose = {
    "{c}番窓口を閉じて終了しますか  y=はい  n=いいえ",
    "Close counter {c} and quit?  y=yes  n=no"};

// What is asked for a line.
inline Sentence const kAskReturn = {
    "戻った方の番号を入力してください (空欄で中止)",
    "Type the number that is back (empty: none)."};
inline Sentence const kAskNumber = {"番号を入力してください (空欄で中止)",
                                    "Type a number (empty: none)."};
inline Sentence const kAskOutcome = {
    "結果を選ぶか、コードを入力してください (空欄は done)",
    "Choose the outcome or type its code (empty: done)."};
inline Sentence const kAskHoldReason = {
    "保留の理由を選んでください (空欄で中止)",
    "Why is the visitor away? (empty: no hold)"};
inline Sentence const kAskMinutes = {
    "何分までですか (空欄は庁舎の設定どおり)",
    "For how many minutes? (empty: as is usual here)"};
inline Sentence const kAskHoldCounter = {
    "時間が来たらどこで待ちますか (空欄はどの窓口でも)",
    "Where is the visitor to wait afterwards? (empty: any counter)"};
inline Sentence const kAskPauseReason = {
    "休止の理由を選んでください (空欄で中止)",
    "Why do you pause? (empty: no pause)"};
inline Sentence const kAskWhereTo = {"どこへ転送しますか (空欄で中止)",
                                     "Where to? (empty: no transfer)"};
inline Sentence const kAskService = {"用件を選んでください (空欄で中止)",
                                     "Which service? (empty: none)"};
inline Sentence const kAskCounter = {"窓口を選んでください (空欄で中止)",
                                     "Which counter? (empty: none)"};
inline Sentence const kAskOffice = {
    "庁舎のコードを入力してください (空欄で中止)",
    "Type the office's code (empty: none)."};
inline Sentence const kAskPosition = {
    "並ぶ場所を選んでください (空欄は受付順)",
    "Which place in the order? (empty: by arrival)"};
inline Sentence const kAskNote = {
    "次の窓口への申し送り、80文字まで。氏名・個人番号は書かないでください "
    "(空欄でなし)",
    "A note for the next clerk, 80 characters; no names, no personal numbers "
    "(empty: none)."};
inline Sentence const kAskNewNote = {
    "メモ、80文字まで。氏名・個人番号は書かないでください (- で消す)",
    "The note, 80 characters; no names, no personal numbers (-: none)."};
inline Sentence const kAskWhatToEdit = {
    "何を直しますか (空欄で中止)", "What is to be corrected? (empty: none)"};
inline Sentence const kAskLanguage = {"言語を選んでください",
                                      "Which language?"};
inline Sentence const kAskWhatToDo = {"どうしますか (空欄で何もしない)",
                                      "What is to be done? (empty: nothing)"};
inline Sentence const kNotAChoice = {"その選択肢はありません。中止しました",
                                     "That is none of them. Nothing was done."};
inline Sentence const kNotMinutes = {
    "分は 1 から 999 の数字です。中止しました",
    "Minutes are a number from 1 to 999. Nothing was done."};

// What lists say when there is nothing to list.
inline Sentence const kNobodyAbsent = {"不在の番号はありません",
                                       "No number is absent."};
inline Sentence const kNoSuchAbsent = {"その番号は不在の一覧にありません",
                                       "That number is not absent."};
inline Sentence const kNobodyParked = {"保留中の番号はありません",
                                       "No number is on hold."};
inline Sentence const kNoSuchParked = {"その番号は保留の一覧にありません",
                                       "That number is not on hold."};
inline Sentence const kNobodyListed = {"番号はありません",
                                       "There are no tickets."};
inline Sentence const kNothingPossible = {
    "その番号に今できることはありません",
    "Nothing can be done with that ticket now."};

// What wants an answer soon. {m} are minutes, {s} seconds, {what} is a step.
inline Sentence const kFinishForgotten = {
    "応対が{m}分続いています。完了をお忘れではありませんか。終わっていれば c",
    "In service for {m} min. Was the finish forgotten? If it is over, press "
    "c."};
inline std::string const kUndoOffered =
    "u=元に戻す Undo: 番号 {n} {what} (あと {s}秒)";

inline Sentence const kOutcomeUnknown = {
    "結果が確認できません。同じ操作を送り直しています。二重にはなりません",
    "The outcome is not known yet. Asking again; nothing is done twice."};
inline Sentence const kLookedAgain = {"最新の状態を表示します",
                                      "Showing what is true now."};

}  // namespace texts
}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_TEXTS_H
