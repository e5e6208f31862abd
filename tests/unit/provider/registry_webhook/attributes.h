// Every attribute of mlflow_webhook, with two values of each that can be planned: what the tests of all that an
// attribute must appear in walk through (attributes_test.cc, appearance_test.cc). One without a row here is a failure.
#pragma once

#include <map>
#include <stdexcept>
#include <string>

#include "provider/registry_webhook/schema.h"
#include "tfcpp/value/path.h"
#include "tfcpp/value/walk.h"
#include "unit/provider/registry_webhook/cases.h"

namespace mlflow {

inline constexpr char kHttp[] = R"({events: ["COMMENT_CREATED"], description: "", status: "ACTIVE",
    http_url_spec: {url: "https://x", enable_ssl_verification: true, authorization_header: "h", secret: "s"}})";
inline constexpr char kJob[] = R"({events: ["COMMENT_CREATED"], description: "", status: "ACTIVE",
    job_spec: {job_id: "1", access_token: "t", workspace_url: "https://w.example"}})";

// What a listing, and so every answer of the service, shows of it.
enum class Shows { kAsItIs, kNothing, kByTheService };

struct AttributeRow {
  Shows shows;
  // A plan, and another value of the attribute in it. Null: it cannot be planned, or not by itself.
  const char* plan = nullptr;
  const char* other = nullptr;
};

inline const std::map<std::string, AttributeRow>& Rows() {
  using enum Shows;
  static const std::map<std::string, AttributeRow> kRows = {
      {"id", {kByTheService}},
      {"created_at", {kByTheService}},
      {"updated_at", {kByTheService}},
      {"registry_webhook", {kAsItIs}},  // follows model_name
      {"events", {kAsItIs, kHttp, R"(["COMMENT_CREATED", "MODEL_VERSION_CREATED"])"}},
      {"model_name", {kAsItIs, kHttp, R"("m")"}},
      {"description", {kAsItIs, kHttp, R"("d")"}},
      {"status", {kAsItIs, kHttp, R"("DISABLED")"}},
      {"http_url_spec", {kAsItIs}},  // one kind of target for the other: see below
      {"http_url_spec.url", {kAsItIs, kHttp, R"("https://y")"}},
      {"http_url_spec.url_wo", {kNothing}},
      {"http_url_spec.url_wo_version", {kNothing, kHttp, "1"}},
      {"http_url_spec.enable_ssl_verification", {kAsItIs, kHttp, "false"}},
      {"http_url_spec.authorization_header", {kNothing, kHttp, R"("i")"}},
      {"http_url_spec.authorization_header_wo", {kNothing}},  // in no plan
      {"http_url_spec.authorization_header_wo_version", {kNothing, kHttp, "1"}},
      {"http_url_spec.secret", {kNothing, kHttp, "null"}},
      {"http_url_spec.secret_wo", {kNothing}},
      {"http_url_spec.secret_wo_version", {kNothing, kHttp, "1"}},
      {"http_url_spec.authorization", {kNothing}},  // any value is an error
      {"job_spec", {kAsItIs}},
      {"job_spec.job_id", {kAsItIs, kJob, R"("2")"}},
      {"job_spec.access_token", {kNothing, kJob, R"("u")"}},
      {"job_spec.access_token_wo", {kNothing}},
      {"job_spec.access_token_wo_version", {kNothing, kJob, "1"}},
      {"job_spec.workspace_url", {kAsItIs, kJob, "null"}},
  };
  return kRows;
}

inline tfcpp::Path PathOf(const std::string& name) {
  const std::size_t dot = name.find('.');
  return dot == name.npos ? tfcpp::Path(name) : tfcpp::Path(name.substr(0, dot)).Attribute(name.substr(dot + 1));
}

// The configuration with this one value in it.
inline tfcpp::Value WithOther(const char* text, const std::string& path, const char* other) {
  const tfcpp::Attribute* attribute = WebhookSchema().Find(PathOf(path));
  if (attribute == nullptr) throw std::logic_error(path + " is no attribute");
  return tfcpp::Replace(Config(text), PathOf(path), tfcpp::V(other, attribute->ImpliedType()));
}

}  // namespace mlflow
