#include "bad_client.h"

#include <gmock/gmock.h>

namespace conformance {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

void ExpectEach(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    Code code;
    BadClient client(code);
    if (row.ask != &BadClient::Configure) {
      ASSERT_THAT(client.Configure().diagnostics, IsEmpty());
    }
    row.make(code);
    const Answer answer = (client.*row.ask)();
    ASSERT_EQ(answer.diagnostics.size(), 1u) << testing::PrintToString(answer.diagnostics);
    for (const char* part : row.told) EXPECT_THAT(answer.diagnostics.front(), HasSubstr(part));
    EXPECT_THAT(answer.diagnostics.front(), Not(HasSubstr(kCanary)));
    EXPECT_EQ(answer.state, row.state);
  }
}

}  // namespace conformance
