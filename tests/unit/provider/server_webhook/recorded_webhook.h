// A webhook of its own name and URL, as an MLflow server answers with it.
#pragma once

#include <string>
#include <string_view>

#include "tfcpp/base/strings.h"

namespace mlflow {

// `more`: further members.
inline std::string RecordedWebhook(std::string_view id, std::string_view name, std::string_view url,
                                   std::string_view more = R"("status": "ACTIVE")") {
  return tfcpp::Concat(R"({"webhook_id": ")", id, R"(", "name": ")", name, R"(", "url": ")", url,
                       R"(", "events": [{"entity": "MODEL_VERSION", "action": "CREATED"}], )",
                       R"("creation_timestamp": 1767225599042, "last_updated_timestamp": 1767225599043, )", more, "}");
}

}  // namespace mlflow
