// Control: what tests ask of the workspace besides its API: settings, drift, faults, the log of requests. JSON over
// HTTP, below /control/; README.md documents it.
//
// Thread safety: safe to use from several threads.
#pragma once

#include <string_view>

#include "faults.h"
#include "message.h"
#include "workspace.h"

namespace workspace {

class Control {
 public:
  // Both must outlive this.
  Control(Workspace& workspace, FaultBook& faults)
      : workspace_(workspace), faults_(faults), initial_(workspace.settings()) {}

  static bool IsControlPath(std::string_view path);
  Answer Handle(const Request& request);

 private:
  Answer GetRequests() const;
  Answer PutSettings(const tfcpp::Json& body);
  Answer GetWebhooks() const;
  Answer PutWebhook(const std::string& id, const tfcpp::Json& body);
  Answer AddFault(const tfcpp::Json& body);
  Answer Reset();

  Workspace& workspace_;
  FaultBook& faults_;
  Settings initial_;
};

}  // namespace workspace
