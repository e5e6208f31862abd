// What a web page in a developer's browser could send to the local workspace.
#include "guard.h"

#include <gtest/gtest.h>

namespace workspace {
namespace {

struct GuardCase {
  const char* what;
  Head head;
  int refused;  // 0: it is taken
};

TEST(GuardTest, TakesWhatNoPageCanSend) {
  constexpr char kJson[] = "application/json";
  const GuardCase kCases[] = {
      {"address", {"GET", "127.0.0.1:8080"}, 0},
      {"another address of this machine", {"GET", "192.168.1.7:8080"}, 0},
      {"IPv6", {"GET", "[::1]:8080"}, 0},
      {"IPv6 without a port", {"GET", "[::1]"}, 0},
      {"localhost", {"GET", "localhost:8080"}, 0},
      {"LOCALHOST", {"GET", "LocalHost"}, 0},
      {"a given name", {"GET", "workspace.test:8080"}, 0},
      {"a given name in capitals", {"GET", "WORKSPACE.TEST"}, 0},
      {"another name", {"GET", "evil.example:8080"}, 403},
      {"a name below localhost", {"GET", "evil.localhost"}, 403},
      {"a name like an address", {"GET", "127.0.0.1.example"}, 403},
      {"a name below a given one", {"GET", "x.workspace.test"}, 403},
      {"no host", {"GET", ""}, 403},
      {"cut brackets", {"GET", "[evil.example"}, 403},
      {"post", {"POST", "localhost:8080", "", kJson}, 0},
      {"with a character set", {"POST", "localhost:8080", "", "Application/JSON; charset=utf-8"}, 0},
      {"put", {"PUT", "localhost:8080", "", kJson}, 0},
      {"patch", {"PATCH", "localhost:8080", "", kJson}, 0},
      {"delete", {"DELETE", "localhost:8080"}, 0},
      {"of its own page", {"POST", "localhost:8080", "http://localhost:8080", kJson}, 0},
      {"post to another name", {"POST", "evil.example:8080", "", kJson}, 403},
      {"foreign origin", {"POST", "localhost:8080", "https://evil.example", kJson}, 403},
      {"foreign port", {"POST", "localhost:8080", "http://localhost:3000", kJson}, 403},
      {"foreign scheme", {"POST", "localhost:8080", "https://localhost:8080", kJson}, 403},
      {"another spelling of this machine", {"POST", "localhost:8080", "http://127.0.0.1:8080", kJson}, 403},
      {"hidden origin", {"POST", "localhost:8080", "null", kJson}, 403},
      {"put from elsewhere", {"PUT", "localhost:8080", "https://evil.example", kJson}, 403},
      {"patch from elsewhere", {"PATCH", "localhost:8080", "https://evil.example", kJson}, 403},
      {"delete from elsewhere", {"DELETE", "localhost:8080", "https://evil.example"}, 403},
      {"form", {"POST", "localhost:8080", "", "application/x-www-form-urlencoded"}, 415},
      {"text", {"POST", "localhost:8080", "", "text/plain"}, 415},
      {"file", {"POST", "localhost:8080", "", "multipart/form-data; boundary=application/json"}, 415},
      {"no type", {"POST", "localhost:8080"}, 415},
      {"put of text", {"PUT", "localhost:8080", "", "text/plain;application/json"}, 415},
      {"patch of text", {"PATCH", "localhost:8080", "", "text/plain"}, 415},
  };
  const Guard guard("http", {"Workspace.test"});
  for (const GuardCase& c : kCases) {
    const auto refused = guard.Refuse(c.head);
    EXPECT_EQ(refused.has_value() ? refused->status : 0, c.refused) << c.what;
  }
}

TEST(GuardTest, KnowsItsOwnScheme) {
  const Head head{"POST", "localhost:8443", "https://localhost:8443", "application/json"};
  EXPECT_FALSE(Guard("https").Refuse(head).has_value());
  EXPECT_TRUE(Guard("http").Refuse(head).has_value());
}

TEST(GuardTest, SaysWhatToDo) {
  EXPECT_EQ(Guard().Refuse({"GET", "my.test"})->body.FindString("message"),
            "The request is for the host \"my.test\". If that leads here, start the local workspace with --host-name "
            "my.test.");
}

}  // namespace
}  // namespace workspace
