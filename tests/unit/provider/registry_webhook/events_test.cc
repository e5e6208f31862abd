#include "provider/registry_webhook/events.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "mlflow_server/events.h"
#include "tfcpp/base/strings.h"

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
      {"model_version.created", EventVerdict::kOfTheServer, "MODEL_VERSION_CREATED"},
      {"model_version_tag.set", EventVerdict::kOfTheServer, "MODEL_VERSION_TAG_SET"},
      {"model_version_alias.created", EventVerdict::kOfTheServer, ""},
      {"Prompt.Created", EventVerdict::kOfTheServer, ""},
      {"model_version.create", EventVerdict::kMisspelt, "MODEL_VERSION_CREATED"},
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

TEST(JudgeEventTest, EveryEventOfAnMlflowServerIsOfTheServer) {
  for (const auto& event : tfcpp::mlflow_server::kEvents) {
    EXPECT_EQ(JudgeEvent(event.name).verdict, EventVerdict::kOfTheServer) << event.name;
    // In this service's spelling it may become an event here one day.
    std::string as_here = tfcpp::ToUpper(event.name);
    std::replace(as_here.begin(), as_here.end(), '.', '_');
    EXPECT_EQ(ServerEventLike(as_here), event.name);
    const EventVerdict verdict = JudgeEvent(as_here).verdict;
    EXPECT_TRUE(verdict == EventVerdict::kKnown || verdict == EventVerdict::kUnknown) << as_here;
  }
  EXPECT_EQ(ServerEventLike("COMMENT_CREATED"), "");
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
