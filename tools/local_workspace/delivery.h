// Deliveries: what the service sends to a webhook's target when an event happens or a test is asked for, and what came
// of it. No sockets here: an HTTPS call goes out through a function (https_sender.h), the start of a job is recorded.
//
// Sources: the service's guide, for the payload's members and the signature. Thread safety: safe to use from several
// threads; targets are called without a lock.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "tfcpp/json/json.h"
#include "webhook.h"

namespace workspace {

struct Event {
  std::string name;                   // "MODEL_VERSION_CREATED"
  tfcpp::Json::Members details = {};  // of the payload: model_name, version, to_stage, ...
};

// The event with sample details, as a test delivery tells it.
Event SampleEvent(std::string name, const Webhook& webhook);

struct HttpsCall {
  std::string url;
  bool verify = true;  // the target's certificate
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};
struct TargetAnswer {
  int status = 0;            // 0: no answer came
  std::string body = {};     // what was answered
  std::string failure = {};  // why no answer came; empty otherwise
};
using SendCall = std::function<TargetAnswer(const HttpsCall&)>;

class Deliverer {
 public:
  explicit Deliverer(SendCall send) : send_(std::move(send)) {}

  // Delivers to the webhook's target, whatever its status and events are, and keeps the outcome.
  TargetAnswer Deliver(const Webhook& webhook, const Event& event);

  // {"webhook_id", "event", "url", "status", "body", "failure"} of each call, and {"webhook_id", "job_id",
  // "workspace_url", "access_token" (hashed), "event_message"} of each start of a job, the oldest first.
  std::vector<tfcpp::Json> calls() const;
  std::vector<tfcpp::Json> runs() const;
  void Clear();

 private:
  TargetAnswer StartJob(const Webhook& webhook, const std::string& payload);

  SendCall send_;
  mutable std::mutex mutex_;
  std::vector<tfcpp::Json> calls_;
  std::vector<tfcpp::Json> runs_;
};

}  // namespace workspace
