#include "services/office/forbidden_text.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi {
namespace {

struct TextCase {
  std::string text;
  std::string shape;
};

std::string ShapeOf(std::string const& text) {
  auto const shape = FindForbidden(text);
  return shape ? std::string(CodeOf(*shape)) : "";
}

TEST(ForbiddenTextTest, WhatMustNotBeStoredIsFoundHoweverItIsWritten) {
  std::vector<TextCase> const cases = {
      {"123456789018", "MY_NUMBER"},
      {"番号は1234-5678-9018です", "MY_NUMBER"},
      {"1234 5678 9018", "MY_NUMBER"},
      {"\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16\uFF17\uFF18\uFF19\uFF10\uFF11"
       "\uFF18",
       "MY_NUMBER"},
      {"1234ー5678ー9018", "MY_NUMBER"},
      {"No.1234.5678.9018", "MY_NUMBER"},
      {"123456789012", "LONG_NUMBER"},
      {"免許 305512345670", "LONG_NUMBER"},
      {"12345678901", "RESIDENT_RECORD_CODE"},
      {"住民票コード 1234-567890-1", "RESIDENT_RECORD_CODE"},
      {"暗証番号 1234", "PIN"},
      {"暗証番号は\uFF11\uFF12\uFF13\uFF14", "PIN"},
      {"PIN: 0000", "PIN"},
      {"pin 1-2-3-4", "PIN"},
      {"PINs 1234, 5678", "PIN"},
      {"署名用の暗証 ABC123", "PIN"},
      {"パスワード A1B2C3D4E5F6G7H8", "PIN"},
      {"1985-04-12", "BIRTH_DATE"},
      {"1985年4月12日", "BIRTH_DATE"},
      {"1985/4/12の方", "BIRTH_DATE"},
      {"19850412", "BIRTH_DATE"},
      {"2015.12.31", "BIRTH_DATE"},
      {"昭和60年4月12日", "BIRTH_DATE"},
      {"昭和元年", "BIRTH_DATE"},
      {"S60.4.12", "BIRTH_DATE"},
      {"平成2年4月12日", "BIRTH_DATE"},
      {"H2/4/12", "BIRTH_DATE"},
      {"4月12日生まれ", "BIRTH_DATE"},
      {"生年月日 2020/4/12", "BIRTH_DATE"},
      {"born 12 April", "BIRTH_DATE"},
      {"042-544-4120", "TELEPHONE"},
      {"03 1234 5678に電話", "TELEPHONE"},
      {"090-1234-5678", "TELEPHONE"},
      {"taro@example.jp", "MAIL_ADDRESS"},
      {"〒196-8511", "ADDRESS"},
      {"田中町1丁目17", "ADDRESS"},
      {"田中町三丁目", "ADDRESS"},
      {"17番地", "ADDRESS"},
      {"203号室", "ADDRESS"},
      {"AB12345678CD", "DOCUMENT_NUMBER"},
      {"在留カード AB12345678CD", "DOCUMENT_NUMBER"},
      {"TK1234567", "DOCUMENT_NUMBER"},
  };
  for (auto const& each : cases) {
    EXPECT_EQ(ShapeOf(each.text), each.shape) << each.text;
  }
}

TEST(ForbiddenTextTest, OrdinaryNotesPass) {
  for (auto const* note : {"",
                           "申請書は記入済み。写真の確認から",
                           "カード2枚、窓口5番 10:30",
                           "暗証番号を忘れた",
                           "暗証番号の再設定から。A101の次",
                           "暗証番号がロック。2026年7月16日に再来",
                           "PIN reset first",
                           "封筒はのりづけ済み(照会書兼回答書)",
                           "更新は2025年7月16日から",
                           "更新は 2025-07-16 から",
                           "令和7年7月16日",
                           "平成30年に発行",
                           "2016年1月15日に交付",
                           "1985年発行の書類",
                           "1500人、15分待ち",
                           "番号札101-104番",
                           "102番窓口、2階3番",
                           "受付番号 1234567890",
                           "手数料1,000円",
                           "R7.7.16",
                           "COVID19",
                           "@3",
                           "次は昭和通りの東部出張所へ",
                           "番地の確認",
                           "戸籍謄本と〒の控え"}) {
    EXPECT_EQ(ShapeOf(note), "") << note;
  }
}

TEST(ForbiddenTextTest, BrokenTextIsLookedAtAllTheSame) {
  EXPECT_EQ(ShapeOf("\xE3\x81"), "");
  EXPECT_EQ(ShapeOf("\xFF"
                    "1234-5678-9018"),
            "MY_NUMBER");
}

TEST(IsMyNumberTest, KnowsTheCheckDigit) {
  EXPECT_TRUE(IsMyNumber("123456789018"));
  for (auto const* other : {"123456789010", "123456789011", "123456789012",
                            "123456789017", "123456789019"}) {
    EXPECT_FALSE(IsMyNumber(other)) << other;
  }
  // Remainders 0 and 1 both give 0: of 6 + 5 and of 2 * 6.
  EXPECT_TRUE(IsMyNumber("110000000000"));
  EXPECT_TRUE(IsMyNumber("200000000000"));
  EXPECT_TRUE(IsMyNumber("000000000019"));
  // The weights of the sixth and the seventh from the right are 7 and 2.
  EXPECT_TRUE(IsMyNumber("000001000004"));
  EXPECT_TRUE(IsMyNumber("000010000009"));
  EXPECT_FALSE(IsMyNumber("12345678901"));
  EXPECT_FALSE(IsMyNumber("1234567890180"));
  EXPECT_FALSE(IsMyNumber("12345678901a"));
  EXPECT_FALSE(IsMyNumber("a23456789018"));
  EXPECT_FALSE(IsMyNumber(""));
}

std::string Digits(int count) {
  return *rc::gen::container<std::string>(static_cast<std::size_t>(count),
                                          rc::gen::inRange<char>('0', '9' + 1));
}

RC_GTEST_PROP(IsMyNumberTest, ElevenDigitsHaveOneCheckDigit, ()) {
  auto const digits = Digits(11);
  int fitting = 0;
  for (char check = '0'; check <= '9'; ++check) {
    if (IsMyNumber(digits + check)) ++fitting;
  }
  RC_ASSERT(fitting == 1);
}

RC_GTEST_PROP(ForbiddenTextTest, NoLongNumberPassesInAnyGroups, ()) {
  auto const digits = Digits(*rc::gen::inRange(11, 20));
  std::string text = "メモ";
  for (auto const digit : digits) {
    if (*rc::gen::arbitrary<bool>()) {
      text += digit;
    } else {
      text += "\xEF\xBC";
      text += static_cast<char>(0x90 + (digit - '0'));
    }
    text += *rc::gen::element<std::string>("", "", " ", "-", "ー", "\u3000",
                                           "‐", "・");
  }
  RC_ASSERT(FindForbidden(text + "です").has_value());
}

}  // namespace
}  // namespace madoguchi
