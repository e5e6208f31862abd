// Faults to play: rules that match requests and say what goes wrong with them. The relay plays them.
//
// Thread safety: safe to use from several threads.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tfcpp/base/result.h"
#include "tfcpp/json/json.h"

namespace workspace {

enum class FaultAction {
  kStatus,       // answer with a status, instead of the workspace
  kStatusAfter,  // likewise, after the workspace has acted
  kResetBefore,  // reset the connection; the workspace never sees the request
  kResetAfter,   // likewise, after the workspace has acted
  kCloseBefore,  // close it in order
  kCloseAfter,
  kHangBefore,  // never answer; until the client gives up
  kHangAfter,
  kTrickle,         // the real answer, one byte each `interval_ms`
  kCutBody,         // half of the real answer's body, then close
  kMalformedBody,   // 200 with something that is no JSON
  kEmptyBody,       // 200 without a body
  kHtml,            // 200 with a login page
  kOtherShape,      // 200 with JSON of another form
  kRepeatToken,     // the real listing, with a next_page_token that never changes
  kDelay,           // the real answer, `interval_ms` late
  kRequestHeaders,  // the request is passed on with `headers` in place of its own of these names
};

struct Fault {
  FaultAction action = FaultAction::kStatus;
  int status = 500;
  std::string headers;  // lines, each with its end
  std::string body;
  std::string page_token = "p0";  // that a listing's repeated token is
  int interval_ms = 1000;
  std::string name;  // as in the rule, for the log
};

struct FaultRule {
  std::string method;        // empty: any
  std::string operation;     // the path's last part, "create"; empty: any
  std::int64_t nth = 1;      // the first matching request that it strikes, counted from when the rule was set
  std::int64_t times = 1;    // how many in a row
  bool reused_only = false;  // strikes only requests that are not the first of their connection
  Fault fault;
  std::int64_t seen = 0;
};

// {"action": "status", "method": "POST", "operation": "create", "nth": 1, "times": 1, "reused_only": false, "status":
// 503,
//  "error_code": "...", "message": "...", "headers": {...}, "body": "...", "page_token": "...", "interval_ms": 1000}
tfcpp::Result<FaultRule> FaultRuleFromJson(const tfcpp::Json& json);

class FaultBook {
 public:
  void Add(FaultRule rule);
  void Clear();
  // The fault of the first rule that strikes this request.
  std::optional<Fault> Next(const std::string& method, const std::string& path, bool reused_connection);

 private:
  std::mutex mutex_;
  std::vector<FaultRule> rules_;
};

}  // namespace workspace
