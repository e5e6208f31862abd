#include "databricks/webhook_reader.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/strings.h"

namespace tfcpp::databricks {
namespace {

constexpr std::int64_t kEarliest = 1'262'304'000'000;  // 2010-01-01T00:00:00Z
constexpr std::int64_t kLatest = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z

// Null where a member is absent or null.
const Json* Present(const Json& object, std::string_view name) {
  const Json* member = object.Find(name);
  return member == nullptr || member->is_null() ? nullptr : member;
}

class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}

  std::variant<RegistryWebhook, RegistryWebhookMisfit> Read() {
    if (!json_.is_object()) {
      for (const char* member : {"id", "events", "model_name", "description", "status", "target", "creation_timestamp",
                                 "last_updated_timestamp"}) {
        unread_.insert(member);
      }
      return Misfit("it is no JSON object");
    }
    webhook_.id = Text(json_, "id", "id", kRequired);
    ReadEvents();
    webhook_.model_name = Text(json_, "model_name", "model_name", kMayBeEmpty);
    webhook_.description = Text(json_, "description", "description", kMayBeEmpty);
    if (Present(json_, "status") != nullptr) webhook_.status = Text(json_, "status", "status", kRequired);
    ReadTarget();
    webhook_.creation_timestamp = Time("creation_timestamp");
    webhook_.last_updated_timestamp = Time("last_updated_timestamp");
    if (what_.empty()) return std::move(webhook_);
    return Misfit(std::move(what_));
  }

 private:
  enum Need { kRequired, kMayBeEmpty };

  RegistryWebhookMisfit Misfit(std::string what) {
    return {.what = std::move(what), .readable = std::move(webhook_), .unread = std::move(unread_)};
  }

  void Refuse(const char* member, std::string_view name, std::string_view what) {
    unread_.insert(member);
    what_ += Concat(what_.empty() ? "" : "; ", name, " ", what);
  }

  // `path`: the name of a member of `object`, or spec.name. `member`: what cannot be read without it.
  std::string Text(const Json& object, std::string_view path, const char* member, Need need) {
    const Json* text = Present(object, path.substr(path.rfind('.') + 1));
    if (text == nullptr && need == kRequired) {
      Refuse(member, path, "is missing");
    } else if (text != nullptr && !text->is_string()) {
      Refuse(member, path, "is no text");
    } else if (text != nullptr && text->string().empty() && need == kRequired) {
      Refuse(member, path, "is empty");
    }
    return text != nullptr && text->is_string() ? text->string() : "";
  }

  void ReadEvents() {
    const Json* events = Present(json_, "events");
    if (events == nullptr) return Refuse("events", "events", "is missing");
    if (!events->is_array()) return Refuse("events", "events", "is no array");
    const auto is_name = [](const Json& event) { return event.is_string() && !event.string().empty(); };
    if (events->elements().empty() || !std::all_of(events->elements().begin(), events->elements().end(), is_name)) {
      return Refuse("events", "events", "does not hold names of events");
    }
    for (const Json& event : events->elements()) webhook_.events.push_back(event.string());
    std::sort(webhook_.events.begin(), webhook_.events.end());
    webhook_.events.erase(std::unique(webhook_.events.begin(), webhook_.events.end()), webhook_.events.end());
  }

  void ReadTarget() {
    const Json* http = Present(json_, "http_url_spec");
    const Json* job = Present(json_, "job_spec");
    if ((http == nullptr) == (job == nullptr)) {
      return Refuse("target", "the target",
                    http == nullptr ? "is missing" : "is there twice, as http_url_spec and job_spec");
    }
    if (http != nullptr) {
      ReadHttp(*http);
    } else {
      ReadJob(*job);
    }
  }

  void ReadHttp(const Json& spec) {
    if (!spec.is_object()) return Refuse("target", "http_url_spec", "is no object");
    const Json* verify = Present(spec, "enable_ssl_verification");
    if (verify != nullptr && !verify->is_bool()) {
      Refuse("target", "http_url_spec.enable_ssl_verification", "is neither true nor false");
    }
    webhook_.http_url_spec = RegistryWebhook::HttpUrlSpec{
        .url = Text(spec, "http_url_spec.url", "target", kRequired),
        .enable_ssl_verification = verify == nullptr || !verify->is_bool() || verify->boolean()};
  }

  void ReadJob(const Json& spec) {
    if (!spec.is_object()) return Refuse("target", "job_spec", "is no object");
    webhook_.job_spec =
        RegistryWebhook::JobSpec{.job_id = Text(spec, "job_spec.job_id", "target", kRequired),
                                 .workspace_url = Text(spec, "job_spec.workspace_url", "target", kMayBeEmpty)};
  }

  std::optional<std::int64_t> Time(const char* name) {
    const Json* time = Present(json_, name);
    if (time == nullptr) return std::nullopt;
    const std::optional<std::int64_t> ms = time->AsInt64();
    if (!ms.has_value()) {
      Refuse(name, name, "is no whole number");
    } else if (*ms != 0 && (*ms < kEarliest || *ms > kLatest)) {
      Refuse(name, name, "is no time in milliseconds");
    } else if (*ms != 0) {
      return ms;
    }
    return std::nullopt;
  }

  const Json& json_;
  RegistryWebhook webhook_;
  std::set<std::string> unread_;
  std::string what_;
};

}  // namespace

std::variant<RegistryWebhook, RegistryWebhookMisfit> ReadWebhook(const Json& json) { return Reader(json).Read(); }

}  // namespace tfcpp::databricks
