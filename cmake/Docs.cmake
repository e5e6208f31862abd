# The documentation below docs/, from what the provider is made of and from examples/. The target `docs` also writes the
# address and the version of the provider wherever users read them.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(write_names Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/provider_names.py
  ${CMAKE_SOURCE_DIR} ${TFCPP_PROVIDER_ADDRESS} ${PROJECT_VERSION})
add_custom_target(names COMMAND ${write_names} VERBATIM)
tfcpp_docs(terraform-provider-mlflow OUTPUT docs EXAMPLES examples TEST docs_generated)
add_dependencies(terraform-provider-mlflow_docs names)  # examples have them
add_custom_target(docs DEPENDS terraform-provider-mlflow_docs)
add_test(NAME provider_names COMMAND ${write_names} --check)
set_tests_properties(docs_generated provider_names PROPERTIES LABELS unit TIMEOUT 60)
