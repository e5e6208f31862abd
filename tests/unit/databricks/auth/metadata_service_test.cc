#include "sign_in_fixture.h"

namespace tfcpp::databricks {
namespace {

TEST_F(SignInTest, MetadataService) {
  const Texts kUrl{{"metadata_service_url", "{host}/md"}};
  const SignInCase kCases[] = {
      {"token",
       kUrl,
       {{"GET /md", R"({"access_token":"canary","token_type":"Bearer","expires_on":"1767229200"})"}},
       {"Authorization: Bearer canary"},
       {"GET /md x-databricks-host={host} x-databricks-metadata-version=1\n"}},
      {"other host", {{"metadata_service_url", "http://example.com/md"}}, {}, {}, {"localhost or 127.0.0.1"}},
      {"disguised host", {{"metadata_service_url", "http://localhost:1@example.com/"}}, {}, {}, {"localhost"}},
      {"no address", {{"metadata_service_url", "localhost"}}, {}, {}, {"localhost"}},
      {"not set", {}, {}, {}, {"metadata_service_url (DATABRICKS_METADATA_SERVICE_URL) is not set"}},
      {"other path", {{"metadata_service_url", "{host}/other"}}, {}, {}, {"answered 404"}},
  };
  for (const SignInCase& c : kCases) Check("metadata-service", c);
}

}  // namespace
}  // namespace tfcpp::databricks
