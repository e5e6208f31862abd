# Third parties, each a target that exactly one layer links (docs/dev/architecture.md says which).
# Static archives everywhere: one way to link in every preset, and the release binary needs nothing at run time.

function(tfcpp_static_archive variable name)
  find_library(${variable} NAMES lib${name}.a REQUIRED)
endfunction()

# Debian's CMake package for gRPC knows only its shared libraries, so the archives are named here. Members of the group
# refer to each other in cycles; macOS' way of linking looks through all archives until nothing is missing.
set(grpc_names grpc++ grpc address_sorting re2 upb cares z gpr protobuf-lite ssl crypto)
set(group_begin -Wl,--start-group)
set(group_end -Wl,--end-group)
if(APPLE)
  set(grpc_names grpc upb absl z protobuf-lite ssl crypto)  # cmake/macos/CMakeLists.txt
  set(group_begin)
  set(group_end)
endif()
set(grpc_archives)
foreach(name ${grpc_names})
  tfcpp_static_archive(archive_${name} ${name})
  list(APPEND grpc_archives ${archive_${name}})
endforeach()
get_filename_component(archive_dir ${archive_grpc} DIRECTORY)
file(GLOB absl_archives ${archive_dir}/libabsl_*.a)
list(APPEND grpc_archives ${absl_archives})

add_library(deps_protobuf INTERFACE)
target_link_libraries(deps_protobuf INTERFACE ${archive_protobuf-lite} Threads::Threads)
add_library(deps_openssl INTERFACE)
target_link_libraries(deps_openssl INTERFACE ${archive_ssl} ${archive_crypto} Threads::Threads ${CMAKE_DL_LIBS})
add_library(deps_grpc INTERFACE)
# gRPC's headers must take the lite runtime's base classes, as the generated code does.
target_compile_definitions(deps_grpc INTERFACE GRPC_USE_PROTO_LITE)
target_link_libraries(deps_grpc INTERFACE
  ${group_begin} ${grpc_archives} ${group_end} Threads::Threads ${CMAKE_DL_LIBS})

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
add_library(deps_curl STATIC IMPORTED)
set_target_properties(deps_curl PROPERTIES IMPORTED_LOCATION ${TFCPP_CURL_PREFIX}/lib/libcurl.a)
target_include_directories(deps_curl SYSTEM INTERFACE ${TFCPP_CURL_PREFIX}/include)
target_compile_definitions(deps_curl INTERFACE CURL_STATICLIB)
target_link_libraries(deps_curl INTERFACE ${archive_cares} deps_openssl ${archive_z})

# Header-only.
find_path(msgpack_include msgpack.hpp REQUIRED)
find_path(rapidjson_include rapidjson/document.h REQUIRED)
add_library(deps_msgpack INTERFACE)
target_compile_definitions(deps_msgpack INTERFACE MSGPACK_NO_BOOST)
add_library(deps_rapidjson INTERFACE)

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
