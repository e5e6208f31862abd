#include "provider/registry_webhook/validators.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "provider/registry_webhook/events.h"
#include "provider/registry_webhook/secrets.h"
#include "provider/shared/secret_attributes.h"
#include "provider/shared/shown_url.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"
#include "tfcpp/schema/validators.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Diagnostics;
using tfcpp::Path;
using tfcpp::Url;
using tfcpp::ValidateRequest;
using tfcpp::Value;

// What is wrong with the URL, as the end of a sentence; empty when nothing is.
std::string_view FindFault(std::string_view text, const Url& url) {
  if (url.user.has_value()) return "must not carry a user name or password: a secret has an attribute of its own";
  if (tfcpp::HasControl(text) || text.find(' ') != text.npos) return "must not contain blanks or control characters";
  if (url.scheme != "https") {
    return url.HasScheme("https") ? "must begin with https:// in small letters: the service knows no other spelling"
                                  : "must begin with https://: the service calls nothing else";
  }
  return tfcpp::FindUrlFault(url);
}

std::string JoinedEvents() { return tfcpp::Join(KnownEvents(), ", "); }

void CheckEvent(const std::string& event, const Path& path, Diagnostics& diagnostics) {
  const EventJudgement judgement = JudgeEvent(event);
  const std::string shown = tfcpp::QuotedValue(event);
  if (judgement.verdict == EventVerdict::kMisspelt) {
    diagnostics.AddError("Misspelt event name",
                         Concat(shown, " is no event of the model registry. Did you mean \"", judgement.meant, "\"?"),
                         path);
  } else if (judgement.verdict == EventVerdict::kOfTheServer) {
    diagnostics.AddError(
        "Event of another service",
        Concat(
            shown, " is an event of an MLflow server, whose webhooks are mlflow_server_webhook",
            judgement.meant.empty() ? "" : Concat("; the Databricks Model Registry calls it \"", judgement.meant, "\""),
            "."),
        path);
  } else if (judgement.verdict == EventVerdict::kMalformed) {
    diagnostics.AddError("Malformed event name",
                         Concat(shown,
                                " is no event of the model registry: names have capital letters, digits and "
                                "underscores. The service knows: ",
                                JoinedEvents(), "."),
                         path);
  }
}

void CheckExactlyOneSpec(const Value& config, Diagnostics& diagnostics) {
  const Value& http = config.Get("http_url_spec");
  const Value& job = config.Get("job_spec");
  // No path: one that ends at a spec would make Terraform print the whole literal, secrets included.
  if (http.is_null() && job.is_null()) {
    diagnostics.AddError("No target for the webhook",
                         "Set exactly one of http_url_spec (the service calls an HTTPS endpoint) and job_spec (the "
                         "service runs a Databricks job). Neither is set.");
  } else if (!http.may_be_null() && !job.may_be_null()) {
    diagnostics.AddError(
        "Two targets for one webhook",
        "Set exactly one of http_url_spec and job_spec. Both are set: remove one, or make two webhooks.");
  }
}

void CheckScope(const Value& config, Diagnostics& diagnostics) {
  const Value& model_name = config.Get("model_name");
  const Value& events = config.Get("events");
  if (!model_name.may_be_null() && events.is_set()) {
    for (const Value& event : events.Elements()) {
      if (event.is_set() && event.AsString() == kRegisteredModelCreated) {
        diagnostics.AddError("Event does not fit a model's webhook",
                             Concat(kRegisteredModelCreated,
                                    " fires for registry-wide webhooks only, but model_name is set. Remove the event, "
                                    "or remove model_name to watch the whole registry."),
                             Path("events"));
      }
    }
  }
  const Value& registry_webhook = config.Get("registry_webhook");
  if (!registry_webhook.is_set()) return;
  if (registry_webhook.AsBool() && !model_name.may_be_null()) {
    diagnostics.AddError("registry_webhook contradicts model_name",
                         "registry_webhook = true asks for a registry-wide webhook, but model_name limits it to one "
                         "model. Remove one of them.",
                         Path("registry_webhook"));
  } else if (!registry_webhook.AsBool() && model_name.is_null()) {
    diagnostics.AddError("registry_webhook contradicts model_name",
                         "registry_webhook = false asks for the webhook of one model, but model_name is not set. Set "
                         "model_name, or remove registry_webhook.",
                         Path("registry_webhook"));
  }
}

}  // namespace

tfcpp::Validator EventNames() {
  return {Concat("must be names of registry events in capital letters. Known are ", JoinedEvents()),
          [](const ValidateRequest& request, Diagnostics& diagnostics) {
            for (const Value& event : request.value.Elements()) {
              if (event.is_null()) {
                diagnostics.AddError("Event without a name", "An element of events is null. Remove it.", request.path);
                continue;
              }
              if (!event.is_known()) continue;
              CheckEvent(event.AsString(), request.path, diagnostics);
            }
          }};
}

tfcpp::Validator EventName() {
  return {"must be the name of a registry event in capital letters",
          [](const ValidateRequest& request, Diagnostics& diagnostics) {
            CheckEvent(request.value.AsString(), request.path, diagnostics);
          }};
}

tfcpp::Validator HttpsUrl(std::string attribute_name, bool write_only) {
  return {"must be an https URL with a host and without user information",
          [attribute_name = std::move(attribute_name), write_only](const ValidateRequest& request,
                                                                   Diagnostics& diagnostics) {
            const std::string& text = request.value.AsString();
            const Url url = Url::Split(text);
            const std::string_view fault = FindFault(text, url);
            if (fault.empty()) return;
            const std::string shown = write_only ? "" : ShownOf(text);
            diagnostics.AddError("Unusable URL",
                                 Concat("The URL in ", attribute_name, shown.empty() ? "" : Concat(", of ", shown, ","),
                                        " ", fault, "."),
                                 write_only || url.user.has_value() ? Path() : request.path);
          }};
}

tfcpp::Validator JobId() {
  return {"must be the number of a job: digits without zeros before them, at most 2^63-1",
          [](const ValidateRequest& request, Diagnostics& diagnostics) {
            const std::string& id = request.value.AsString();
            std::int64_t number = 0;
            const auto read = std::from_chars(id.data(), id.data() + id.size(), number);
            // As it is written: the service answers with the number, and another spelling of it would never settle.
            if (read.ec == std::errc() && number > 0 && std::to_string(number) == id) return;
            diagnostics.AddError(
                "Unusable job id",
                Concat("job_spec.job_id is ", tfcpp::QuotedValue(id),
                       ", but must be the number of a Databricks job, such as "
                       "databricks_job.example.id or \"7163520\": up to 19 digits and nothing else, no "
                       "zero before them, at most 9223372036854775807."),
                request.path);
          }};
}

tfcpp::Validator AuthorizationHeader(std::string attribute_name) {
  auto is_secret = tfcpp::SecretText(attribute_name);
  return {Concat(is_secret.description, ", and must be more than a scheme"),
          [is_secret, attribute_name = std::move(attribute_name)](const ValidateRequest& request,
                                                                  Diagnostics& diagnostics) {
            const std::string& text = request.value.AsString();
            const std::string_view word = tfcpp::Trim(text);
            const bool is_one_word = word.find(' ') == word.npos;
            const bool is_scheme = tfcpp::EqualsIgnoreCase(word, "Bearer") || tfcpp::EqualsIgnoreCase(word, "Basic");
            if (word.empty() || tfcpp::HasControl(text) || !is_one_word || (text.back() != ' ' && !is_scheme)) {
              return is_secret.check(request, diagnostics);
            }
            // No path: Terraform would print the line.
            diagnostics.AddError(Concat("Unusable ", attribute_name),
                                 Concat(attribute_name,
                                        " has a scheme, as in \"Bearer \", and no credentials after it. "
                                        "Is the variable for them empty? To send no header, set "
                                        "it to null."));
          }};
}

tfcpp::Validator CalledOtherwise(std::string spec, std::string name, std::string here) {
  return {"must not be set", [spec = std::move(spec), name = std::move(name), here = std::move(here)](
                                 const ValidateRequest&, Diagnostics& diagnostics) {
            diagnostics.AddError(
                Concat(name, " is called ", here, " here"),
                Concat(spec, ".", name, " is the name in the API and in databricks_mlflow_webhook. Rename it to ", here,
                       ", or to ", here, "_wo, which stands in no state."));
          }};
}

tfcpp::Validator ModelName() {
  return {"must not be empty", [](const ValidateRequest& request, Diagnostics& diagnostics) {
            if (!tfcpp::Trim(request.value.AsString()).empty()) return;
            diagnostics.AddError(
                "Empty model name",
                "model_name must name a registered model. For a registry-wide webhook, remove it or set it to null.",
                request.path);
          }};
}

std::vector<tfcpp::ConfigValidator> WebhookConfigValidators() {
  std::vector<tfcpp::ConfigValidator> validators = ShownConfigValidators();
  validators.push_back(AnAddressInOneForm(WebhookSecrets()));
  return validators;
}

std::vector<tfcpp::ConfigValidator> ShownConfigValidators() {
  return {{"exactly one of `http_url_spec` and `job_spec` is set", CheckExactlyOneSpec},
          OneFormOfEachSecret(WebhookSecrets()),
          {"`REGISTERED_MODEL_CREATED` goes without `model_name`; `registry_webhook`, when set, is `true` without "
           "`model_name` and `false` with it",
           CheckScope}};
}

}  // namespace mlflow
