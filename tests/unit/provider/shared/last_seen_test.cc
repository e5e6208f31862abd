// When a webhook that the service lacks is gone, and what is remembered for that.
#include "provider/shared/last_seen.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mlflow {
namespace {

using ::testing::HasSubstr;

TEST(LastSeenTest, GoneIsWhatWasHere) {
  const Place here = {{"address", "https://h"}, {"workspace", "w"}};
  const struct {
    const char* what;
    Place place;
    bool adopted;
    Absence absence;
  } kCases[] = {
      {"here", here, false, Absence::kGone},
      {"here, adopted and read since", here, true, Absence::kGone},
      {"nowhere, from before it was kept", {}, false, Absence::kGone},
      {"nowhere, imported", {}, true, Absence::kNeverSeen},
      {"another address", {{"address", "https://i"}, {"workspace", "w"}}, false, Absence::kElsewhere},
      {"another workspace", {{"address", "https://h"}, {"workspace", "v"}}, false, Absence::kElsewhere},
      {"a part of it", {{"address", "https://h"}}, true, Absence::kElsewhere},
  };
  for (const auto& c : kCases) {
    const PrivateData stored = ParsePrivateData(WritePrivateData({.place = c.place, .adopted = c.adopted}));
    EXPECT_EQ(stored.place, c.place) << c.what;
    EXPECT_EQ(JudgeAbsence(stored, here), c.absence) << c.what;
  }
}

TEST(LastSeenTest, WhatCannotBeReadIsAsIfItWereNotThere) {
  for (const char* bytes :
       {"", "{", "[]", "null", R"(["host"])", R"({"host": 7, "adopted": "true"})", R"({"host": ""})"}) {
    const PrivateData data = ParsePrivateData(bytes);
    EXPECT_FALSE(data.adopted) << bytes;
    EXPECT_EQ(JudgeAbsence(data, {{"host", "h"}}), Absence::kGone) << bytes;
  }
}

TEST(LastSeenTest, TheErrorSaysBothPlacesAndHowToGoOn) {
  const auto error = LastSeenElsewhere(
      {.id = "7", .kind = "server", .setting = "tracking_uri", .then = "https://a", .now = "https://b"});
  EXPECT_EQ(error.summary, "Webhook was last seen in another server");
  for (const char* part : {"Webhook 7 was last seen at https://a", "configured for https://b",
                           "tracking_uri is a mistake", "set it back to https://a", "terraform state rm"}) {
    EXPECT_THAT(error.detail, HasSubstr(part));
  }
}

}  // namespace
}  // namespace mlflow
