#ifndef MADOGUCHI_CLIENTS_WALL_DISPLAY_TEXTS_H
#define MADOGUCHI_CLIENTS_WALL_DISPLAY_TEXTS_H

// What the display says. {n} is a number, {c} a counter's id, {label} what its
// sign says, {t} a time.
namespace madoguchi::wall_display::texts {

inline constexpr char kNowCalling[] = "お呼び出し中  Now calling";
inline constexpr char kNobodyCalled[] =
    "まだお呼び出しはありません  Nobody called yet";

inline constexpr char kCallJa[] =
    "番号札、{n}番のお客様、{label}へお越しください";
inline constexpr char kCallEasy[] = "{n}番の人、{c}番の窓口へ来てください";
inline constexpr char kCallEn[] = "Ticket {n}, please come to counter {c}";
inline constexpr char kRecallJa[] =
    "番号札{n}番のお客様、{label}へお越しください。いらっしゃいませんか";
inline constexpr char kRecallEn[] = "Second call for ticket {n}: counter {c}";
// A second call of somebody who was at a counter before: another look, other
// words.
inline constexpr char kPickupMark[] = "お渡し Pick-up";
inline constexpr char kPickupJa[] =
    "お渡し・再度のお呼び出しです。番号札、{n}番のお客様、{label}"
    "へお越しください";
inline constexpr char kPickupEasy[] =
    "{n}番の人、できました。{c}番の窓口へ取りに来てください";
inline constexpr char kPickupEn[] =
    "Ticket {n}, we are ready for you again: please come to counter {c}";
inline constexpr char kPickupRecallJa[] =
    "お渡し・再度のお呼び出しです。番号札{n}番のお客様、{label}"
    "へお越しください。"
    "いらっしゃいませんか";
inline constexpr char kPickupRecallEn[] =
    "Ticket {n}, called again to pick up: counter {c}";
inline constexpr char kMissedJa[] =
    "お呼びした番号: {n}。お戻りの際は窓口係員へお声がけください";
inline constexpr char kMissedEn[] =
    "We called {n}. Please tell the staff when you are back";

inline constexpr char kSignJa[] = "{c}番窓口";
inline constexpr char kSignEn[] = "Counter {c}";
inline constexpr char kServingJa[] = "ご案内中";
inline constexpr char kServingEn[] = "Serving";

inline constexpr char kPausedCounters[] = "休止中の窓口 Paused:{c}";
inline constexpr char kPage[] = "ページ Page {n}/{m}";

inline constexpr char kWaitingTitle[] = "待ち人数  People waiting";
inline constexpr char kWaitingCount[] = "{n}人";

inline constexpr char kConnected[] = "接続中 Connected  {t}";
inline constexpr char kStaleJa[] =
    "接続が切れています。お呼び出しは係員がご案内します。最終更新 {t}";
inline constexpr char kStaleEn[] =
    "Connection lost. Please listen to the staff. Last update {t}";
inline constexpr char kConnecting[] = "接続しています…  Connecting";

}  // namespace madoguchi::wall_display::texts

#endif  // MADOGUCHI_CLIENTS_WALL_DISPLAY_TEXTS_H
