// Control: what tests ask of the workspace besides its API: settings, drift, faults, the log of requests, events and
// what came of their deliveries. JSON over HTTP, below /control/; README.md documents it.
//
// Thread safety: safe to use from several threads.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "delivery.h"
#include "faults.h"
#include "inbox.h"
#include "message.h"
#include "workspace.h"

namespace workspace {

class Control {
 public:
  // All must outlive this. `receiver_url`: of the built-in receiver, whose inbox is `inbox`.
  Control(Workspace& workspace, FaultBook& faults, Deliverer& deliverer, Inbox& inbox, std::string receiver_url)
      : workspace_(workspace),
        faults_(faults),
        deliverer_(deliverer),
        inbox_(inbox),
        receiver_url_(std::move(receiver_url)),
        initial_(workspace.settings()) {}

  static bool IsControlPath(std::string_view path);
  Answer Handle(const Request& request);

 private:
  Answer GetRequests() const;
  Answer PutSettings(const tfcpp::Json& body);
  Answer GetWebhooks() const;
  Answer PutWebhook(const std::string& id, const tfcpp::Json& body);
  Answer AddFault(const tfcpp::Json& body);
  Answer PostEvent(const tfcpp::Json& body);
  Answer GetReceived() const;
  Answer PutReceiver(const tfcpp::Json& body);
  Answer ForgetDeliveries();
  Answer Reset();

  Workspace& workspace_;
  FaultBook& faults_;
  Deliverer& deliverer_;
  Inbox& inbox_;
  std::string receiver_url_;
  Settings initial_;
};

}  // namespace workspace
