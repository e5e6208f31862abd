// Workspace: the registry-webhooks API's semantics over webhooks in memory. No sockets here: http_server.h is one door,
// and a test may call Handle itself.
//
// Sources: the service's API reference, its guide, and the vendor's Python client. What they leave open (does an update
// merge a nested spec or replace it, in which order do events come back) is a setting. Thread safety: safe to use from
// several threads; one request at a time, but for deliveries.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "delivery.h"
#include "message.h"
#include "webhook.h"

namespace workspace {

struct User {
  bool admin = true;
  std::set<std::string, std::less<>> models = {};  // that a user who is no admin may manage
};

struct Settings {
  std::size_t page_size = 1000;  // the most webhooks of one page
  int latency_ms = 0;            // before each answer
  bool merge_specs = false;      // an update merges a given spec into the old one, instead of replacing it
  bool sort_events = false;      // events come back in the service's order, not as sent
  bool timestamps_as_text = false;
  std::int64_t clock_ms = 0;  // how far the service's clock is ahead of that of its Date headers
  // Members of webhooks, by id ("*": of every one), that answers have instead of the real ones: misfits.
  std::map<std::string, tfcpp::Json::Members, std::less<>> odd_members = {};
  std::map<std::string, User, std::less<>> users = {};            // by token; empty: every token is an admin's
  std::optional<std::set<std::string, std::less<>>> models = {};  // that exist; absent: every name does
};

// One handled API request, for tests.
struct LoggedRequest {
  std::int64_t number = 0;  // counts from 1
  std::int64_t connection = 0;
  std::string method;
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
  tfcpp::Json body;   // secrets hashed
  int status = 0;     // 0: the answer never left
  std::string fault;  // the fault that was played, or empty
};

// Delivers a test of a webhook to its target.
using TestDelivery = std::function<TargetAnswer(const Webhook&, const Event&)>;

class Workspace {
 public:
  // `on_change` gets all webhooks after each change, to keep them. `deliver` is called without a lock; without it, the
  // call `test` answers as for a target in good health.
  explicit Workspace(Settings settings, std::function<void(const std::vector<Webhook>&)> on_change = nullptr,
                     TestDelivery deliver = nullptr);

  Answer Handle(const Request& request);

  Settings settings() const;
  void set_settings(Settings settings);
  std::vector<Webhook> webhooks() const;  // in the order of creation
  void set_webhooks(std::vector<Webhook> webhooks);
  // Puts a webhook in, behind the API's back, or takes one out; false: there is none.
  void Put(Webhook webhook);
  bool Remove(const std::string& id);

  void Log(LoggedRequest request);
  std::vector<LoggedRequest> log() const;
  void ClearLog();

 private:
  Answer Dispatch(const Request& request, const User& user, std::unique_lock<std::mutex>& lock);
  Answer Create(const tfcpp::Json& body, const User& user);
  Answer List(const Request& request, const User& user);
  Answer Update(const tfcpp::Json& body, const User& user);
  Answer Delete(const std::string& id, const User& user);
  // Gives up the lock.
  Answer Test(const tfcpp::Json& body, const User& user, std::unique_lock<std::mutex>& lock);
  Webhook* Find(const std::string& id);
  std::optional<Answer> RefuseScope(const std::string& model_name, const User& user) const;
  std::int64_t NextTimestamp();
  Answer Wrap(const Webhook& webhook) const;
  // As the API shows it.
  tfcpp::Json Show(const Webhook& webhook) const;
  void Changed();

  mutable std::mutex mutex_;
  Settings settings_;
  std::function<void(const std::vector<Webhook>&)> on_change_;
  TestDelivery deliver_;
  std::vector<Webhook> webhooks_;
  std::vector<LoggedRequest> log_;
  std::int64_t last_timestamp_ = 0;
};

}  // namespace workspace
