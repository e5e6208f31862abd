# SPDX-License-Identifier: Apache-2.0
# The component rest: tfcppConfig.cmake includes this file where it is installed. libcurl is the project's own build
# (scripts/build_curl.sh), so it comes along.
if(NOT TARGET tfcpp::deps_curl)
  get_filename_component(libraries ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
  add_library(tfcpp::deps_curl STATIC IMPORTED GLOBAL)
  set_target_properties(tfcpp::deps_curl PROPERTIES
    IMPORTED_LOCATION ${libraries}/libtfcpp_curl.a
    INTERFACE_LINK_LIBRARIES "${archive_cares};tfcpp::deps_openssl;${archive_z}")
endif()
include(${CMAKE_CURRENT_LIST_DIR}/tfcppRestTargets.cmake)
