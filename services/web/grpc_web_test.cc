#include "services/web/grpc_web.h"
#include "services/web/metadata.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <string>

namespace madoguchi::web {
namespace {

using ::madoguchi::testing::IsOkAnd;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A frame with any header.
std::string Frame(unsigned char flag, std::size_t size,
                  std::string const& rest) {
  auto header = MessageFrameHeader(size);
  header[0] = static_cast<char>(flag);
  return std::string(header.begin(), header.end()) + rest;
}

TEST(GrpcWebTest, AMessageComesOutOfItsFrame) {
  EXPECT_THAT(ReadRequestMessage(Frame(0, 5, "hello")), IsOkAnd(Eq("hello")));
  EXPECT_THAT(ReadRequestMessage(Frame(0, 0, "")), IsOkAnd(IsEmpty()));
}

TEST(GrpcWebTest, AFrameSaysItsSizeInFourBytes) {
  auto const header = MessageFrameHeader(0x01020304);
  EXPECT_EQ(std::string(header.begin(), header.end()),
            std::string("\0\1\2\3\4", 5));
}

TEST(GrpcWebTest, ABodyIsExactlyOneMessage) {
  for (auto const& body :
       {std::string(), std::string("\0\0\0\0", 4), Frame(0, 5, "hell"),
        Frame(0, 5, "hello!"), Frame(0, 1, "a") + Frame(0, 1, "b"),
        Frame(0x80, 5, "hello"), Frame(2, 5, "hello"),
        Frame(0, 0xffffffff, "hello")}) {
    EXPECT_EQ(ReadRequestMessage(body).status().code(),
              absl::StatusCode::kInvalidArgument);
  }
}

TEST(GrpcWebTest, ACompressedMessageIsSaidToBeTooMuch) {
  EXPECT_EQ(ReadRequestMessage(Frame(1, 5, "hello")).status().code(),
            absl::StatusCode::kUnimplemented);
}

TEST(GrpcWebTest, TrailersAreAFrameOfLines) {
  EXPECT_EQ(TrailersFrame({0, "", ""}, {}),
            Frame(0x80, 16, "grpc-status: 0\r\n"));
  auto const frame = TrailersFrame({9, "no", std::string("\0\xff", 2)},
                                   {{"x-who", "me"}, {"x-raw-bin", "\x01"}});
  EXPECT_THAT(frame, HasSubstr("grpc-status: 9\r\ngrpc-message: no\r\n"
                               "grpc-status-details-bin: AP8\r\n"
                               "x-who: me\r\nx-raw-bin: AQ\r\n"));
}

// Else a message could add lines of its own.
TEST(GrpcWebTest, AMessageIsEncodedInPercents) {
  EXPECT_THAT(TrailersFrame({2, "窓 100%\r\nx: y", ""}, {}),
              HasSubstr("grpc-message: %E7%AA%93 100%25%0D%0Ax: y\r\n"));
}

TEST(GrpcWebTest, ATimeoutIsReadInEachUnit) {
  EXPECT_THAT(ParseTimeout("2H"), IsOkAnd(Eq(hours(2))));
  EXPECT_THAT(ParseTimeout("3M"), IsOkAnd(Eq(std::chrono::minutes(3))));
  EXPECT_THAT(ParseTimeout("4S"), IsOkAnd(Eq(std::chrono::seconds(4))));
  EXPECT_THAT(ParseTimeout("1500m"), IsOkAnd(Eq(milliseconds(1500))));
  EXPECT_THAT(ParseTimeout("6u"), IsOkAnd(Eq(std::chrono::microseconds(6))));
  EXPECT_THAT(ParseTimeout("0n"), IsOkAnd(Eq(nanoseconds(0))));
  EXPECT_THAT(ParseTimeout("99999999H"), IsOkAnd(Eq(hours(24 * 365))));
}

TEST(GrpcWebTest, WhatIsNoTimeoutIsRefused) {
  for (auto const* text : {"", "m", "12", "123456789m", "-1m", "+1m", "1 m",
                           "1.5S", "1mm", "1x", "m1"}) {
    EXPECT_FALSE(ParseTimeout(text).ok()) << text;
  }
}

TEST(GrpcWebTest, OnlyBinaryGrpcWebIsTaken) {
  EXPECT_TRUE(IsGrpcWebType("application/grpc-web"));
  EXPECT_TRUE(IsGrpcWebType("application/grpc-web+proto"));
  EXPECT_TRUE(IsGrpcWebType("Application/gRPC-Web+proto;charset=x"));
  for (auto const* type : {"", "application/grpc", "application/grpc-web-text",
                           "application/grpc-web+json", "text/plain"}) {
    EXPECT_FALSE(IsGrpcWebType(type)) << type;
  }
}

TEST(MetadataTest, OnlyTheTokenTravels) {
  auto const metadata = RequestMetadata({{"cookie", "a=b"},
                                         {"authorization", "Bearer t"},
                                         {"x-forwarded-for", "10.0.0.1"},
                                         {"host", "localhost"}});
  EXPECT_THAT(metadata, IsOkAnd(Eq(Headers{{"authorization", "Bearer t"}})));
}

// gRPC ends the process when it is given such bytes.
TEST(MetadataTest, ATokenThatGrpcDoesNotTakeIsRefused) {
  EXPECT_FALSE(RequestMetadata({{"authorization", "Bearer \xff"}}).ok());
  EXPECT_FALSE(RequestMetadata({{"authorization", "a\tb"}}).ok());
  EXPECT_FALSE(
      RequestMetadata({{"authorization", "a"}, {"authorization", "b"}}).ok());
}

TEST(MetadataTest, AServiceCannotSetWhatABrowserTrusts) {
  EXPECT_TRUE(MayBecomeHeader("x-request-id"));
  EXPECT_TRUE(MayBecomeHeader("retry-after"));
  for (auto const* name :
       {"set-cookie", "content-type", "content-security-policy",
        "access-control-allow-origin", "grpc-status", "connection",
        "transfer-encoding", "x-frame-options", "location"}) {
    EXPECT_FALSE(MayBecomeHeader(name)) << name;
  }
}

}  // namespace
}  // namespace madoguchi::web
