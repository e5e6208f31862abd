#include "provider/registry_webhook/events.h"

#include <gtest/gtest.h>

#include "base/strings.h"

namespace mlflow {
namespace {

struct Case {
  const char* name;
  EventVerdict verdict;
  const char* meant;
};

TEST(JudgeEventTest, TellsWhatIsMeant) {
  const Case kCases[] = {
      {"MODEL_VERSION_CREATED", EventVerdict::kKnown, ""},
      {"REGISTERED_MODEL_CREATED", EventVerdict::kKnown, ""},
      {"MODEL_VERSION_CREATE", EventVerdict::kMisspelt, "MODEL_VERSION_CREATED"},
      {"MODEL_VERSON_CREATED", EventVerdict::kMisspelt, "MODEL_VERSION_CREATED"},
      {"model_version_created", EventVerdict::kMisspelt, "MODEL_VERSION_CREATED"},
      {"Model_Version.Created", EventVerdict::kMisspelt, "MODEL_VERSION_CREATED"},
      {" COMMENT_CREATED ", EventVerdict::kMisspelt, "COMMENT_CREATED"},
      {"REGISTERED_MODEL_TAG_SET", EventVerdict::kUndocumented, ""},
      {"MODEL_VERSION_DEPLOYED", EventVerdict::kUnknown, ""},
      {"PROMPT_CREATED", EventVerdict::kUnknown, ""},
      {"", EventVerdict::kMalformed, ""},
      {"something else", EventVerdict::kMalformed, ""},
  };
  for (const Case& c : kCases) {
    const EventJudgement judgement = JudgeEvent(c.name);
    EXPECT_EQ(judgement.verdict, c.verdict) << c.name;
    EXPECT_EQ(judgement.meant, c.meant) << c.name;
  }
}

TEST(JudgeEventTest, NoKnownNameIsNearAnother) {
  for (const std::string& a : KnownEvents()) {
    for (const std::string& b : KnownEvents()) {
      if (a != b) {
        EXPECT_GT(tfcpp::EditDistance(a, b), 2u) << a << " " << b;
      }
    }
  }
}

}  // namespace
}  // namespace mlflow
