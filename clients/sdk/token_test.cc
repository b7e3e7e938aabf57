#include "clients/sdk/token.h"
#include <gtest/gtest.h>
#include <filesystem>
#include <fstream>
#include <stdlib.h>

namespace madoguchi::sdk {
namespace {

class TokenTest : public ::testing::Test {
 protected:
  TokenTest() {
    std::string folder = ::testing::TempDir() + "madoguchi-token-XXXXXX";
    folder_ = mkdtemp(folder.data());
  }
  ~TokenTest() override { std::filesystem::remove_all(folder_); }

  std::string FileWith(std::string const& text) {
    auto const path = folder_ / "token";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  std::filesystem::path folder_;
};

TEST_F(TokenTest, TheFirstLineOfTheFileIsTheToken) {
  EXPECT_EQ(*ReadToken(FileWith("0123abcd\n")), "0123abcd");
  EXPECT_EQ(*ReadToken(FileWith("0123abcd")), "0123abcd");
  EXPECT_EQ(*ReadToken(FileWith("0123abcd\r\n# of the kiosk\n")), "0123abcd");
}

TEST_F(TokenTest, NoFileIsNoToken) { EXPECT_EQ(*ReadToken(""), ""); }

TEST_F(TokenTest, AFileThatIsNotThereIsTold) {
  EXPECT_EQ(ReadToken(folder_ / "none").status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(TokenTest, WhatCannotBeSentIsNoToken) {
  for (auto const* text : {"", "\n", "two words\n", "\x01\n", "合言葉\n"}) {
    EXPECT_EQ(ReadToken(FileWith(text)).status().code(),
              absl::StatusCode::kInvalidArgument)
        << text;
  }
}

}  // namespace
}  // namespace madoguchi::sdk
