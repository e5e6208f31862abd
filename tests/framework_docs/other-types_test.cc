#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "framework_docs/calls.h"
#include "framework_docs/other-types.md.h"

namespace {

using framework_docs::Parse;
using testing::ElementsAre;
using testing::IsEmpty;

class OtherTypesPage : public testing::Test {
 protected:
  tfcpp::NullLogger log_;
  std::stop_source source_;
  Context context_{.stop = source_.get_token(), .log = log_};
};

TEST_F(OtherTypesPage, ADataSourceFindsOrRefuses) {
  City city;
  const auto read = [&](const char* config) { return city.Read(context_, Parse(config, CityType().schema)); };
  EXPECT_EQ(read(R"({name: "Rome"})").state->ToString(), R"({country: "Italy", name: "Rome"})");
  EXPECT_TRUE(read(R"({name: "Nowhere"})").diagnostics.has_error());
}

TEST_F(OtherTypesPage, AFunctionAnswersOrRefuses) {
  EXPECT_EQ(Shout().call({Value::String("rome")}).value(), Value::String("ROME"));
  EXPECT_FALSE(Shout().call({Value::String("")}).has_value());
}

TEST_F(OtherTypesPage, AnActionReportsUntilItIsStopped) {
  Print print;
  std::vector<std::string> lines;
  const Value config = Parse("{pages: 3}", PrintType().schema);
  print.Invoke(context_, config, [&](const std::string& line) {
    lines.push_back(line);
    if (lines.size() == 2) source_.request_stop();
  });
  EXPECT_THAT(lines, ElementsAre("page 1", "page 2"));
}

TEST_F(OtherTypesPage, AListEndsWhenNoMoreAreWanted) {
  Places places;
  std::vector<std::string> names;
  const Value config = Value::Object({});
  places.List(context_, {config, /*include_state=*/true}, [&](const tfcpp::ListedResource& place) {
    EXPECT_TRUE(place.state.has_value());
    names.push_back(place.display_name);
    return names.size() < 2;
  });
  EXPECT_THAT(names, ElementsAre("rome", "oslo"));
}

TEST_F(OtherTypesPage, EveryTypeIsBound) {
  const tfcpp::Provider provider = Atlas();
  const Value config = Value::Object({});
  const auto configured = provider.configure(context_, {config, "1.14.0"});
  EXPECT_THAT(tfcpp::CheckBindings(provider, configured.services).items(), IsEmpty());
}

}  // namespace
