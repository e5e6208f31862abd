#include "tfcpp/framework/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace tfcpp {
namespace {

const Schema kSchema{.attributes = {{.name = "id", .mode = Mode::kComputed},
                                    {.name = "key", .mode = Mode::kComputed},
                                    {.name = "size", .type = Type::Number()}}};

TEST(ImportById, GivesAStateWithTheIdAlone) {
  const std::string id = "7";
  const Facts facts;
  EXPECT_EQ(ImportById(kSchema)({.id = id, .identity = std::nullopt, .facts = facts}).state->ToString(),
            R"({id: "7", key: null, size: null})");
  EXPECT_EQ(ImportById(kSchema, "key")({.id = id, .identity = std::nullopt, .facts = facts}).state->ToString(),
            R"({id: null, key: "7", size: null})");
}

TEST(ImportById, TakesAnIdentitysAttributeOfThatName) {
  const std::string none;
  const Facts facts;
  const Outcome outcome =
      ImportById(kSchema)({.id = none,
                           .identity = Value::Object({{"id", Value::String("8")}, {"host", Value::String("x")}}),
                           .facts = facts});
  EXPECT_EQ(outcome.state->ToString(), R"({id: "8", key: null, size: null})");
  EXPECT_FALSE(outcome.diagnostics.has_error());
}

TEST(ImportById, AnAttributeThatIsNotThereIsToldWhenTheProviderIsMade) {
  for (const char* attribute : {"idd", "size"}) EXPECT_THROW(ImportById(kSchema, attribute), std::logic_error);
}

}  // namespace
}  // namespace tfcpp
