#include "tfcpp/json/number_mask.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tfcpp {
namespace {

struct Row {
  const char* json;
  const char* masked;
};

TEST(NumberMask, MasksWellFormedNumbersOutsideOfStrings) {
  const Row rows[] = {
      {"", ""},
      {"1e400", "0    "},
      {"[-1.5E+7,true,0]", "[0      ,true,0]"},
      {R"({"1":"2 \" 3","a":4})", R"({"1":"2 \" 3","a":0})"},
      {R"(["\\",12])", R"(["\\",0 ])"},
      {R"("12)", R"("12)"},
      {R"("\)", R"("\)"},
      // Left for the parser to refuse.
      {"01", "01"},
      {"1.", "1."},
      {"-", "-"},
      {"1e+", "1e+"},
      {"1-2", "1-2"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.json);
    EXPECT_EQ(MaskNumbers(row.json), row.masked);
  }
}

}  // namespace
}  // namespace tfcpp
