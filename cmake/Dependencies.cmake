# Third parties, each a target that exactly one layer links (docs/dev/architecture.md says which).
include(${CMAKE_CURRENT_LIST_DIR}/../src/tfcpp/cmake/Dependencies.cmake)
find_path(msgpack_include msgpack.hpp REQUIRED)
find_path(rapidjson_include rapidjson/document.h REQUIRED)

# libcurl: our own minimal build (scripts/build_curl.sh says why, and does nothing when the newest is there).
set(curl_folder curl)
set(linked_platform amd64)
if(APPLE)
  set(curl_folder ${TFCPP_MACOS_PLATFORM}/curl)
  set(linked_platform ${TFCPP_MACOS_PLATFORM})
elseif(CMAKE_CROSSCOMPILING)
  set(curl_folder curl-${CMAKE_SYSTEM_PROCESSOR})
  set(linked_platform arm64)
endif()
set(TFCPP_CURL_PREFIX ${CMAKE_SOURCE_DIR}/build/deps/${curl_folder} CACHE PATH "Where scripts/build_curl.sh put libcurl")
execute_process(COMMAND ${CMAKE_SOURCE_DIR}/scripts/build_curl.sh ${TFCPP_CURL_PREFIX} ${CMAKE_TOOLCHAIN_FILE}
                COMMAND_ERROR_IS_FATAL ANY)
# Imported, so that the linker sees it before what it needs, whoever else needs that.
add_library(tfcpp::deps_curl STATIC IMPORTED GLOBAL)
set_target_properties(tfcpp::deps_curl PROPERTIES IMPORTED_LOCATION ${TFCPP_CURL_PREFIX}/lib/libcurl.a)
target_include_directories(tfcpp::deps_curl SYSTEM INTERFACE ${TFCPP_CURL_PREFIX}/include)
target_compile_definitions(tfcpp::deps_curl INTERFACE CURL_STATICLIB)
target_link_libraries(tfcpp::deps_curl INTERFACE ${archive_cares} tfcpp::deps_openssl ${archive_z})

# Which versions are linked in, for tools/sbom.py. dpkg gives files the times at which Debian made them, so no build
# tool sees an upgrade: after one, everything is built anew, of which the compiler cache has most.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS /var/lib/dpkg/status ${TFCPP_CURL_PREFIX}/VERSION)
execute_process(COMMAND ${CMAKE_SOURCE_DIR}/scripts/linked_packages.sh versions ${linked_platform}
                OUTPUT_VARIABLE linked_versions COMMAND_ERROR_IS_FATAL ANY)
set(linked_versions_file ${CMAKE_BINARY_DIR}/linked_versions.txt)
set(built_versions)
if(EXISTS ${linked_versions_file})
  file(READ ${linked_versions_file} built_versions)
endif()
if(NOT built_versions STREQUAL linked_versions AND EXISTS ${CMAKE_BINARY_DIR}/build.ninja)
  message(STATUS "Other versions are linked in than were before: removing what was built")
  execute_process(COMMAND ${CMAKE_MAKE_PROGRAM} -C ${CMAKE_BINARY_DIR} -t clean
                  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endif()
file(WRITE ${linked_versions_file} "${linked_versions}")
