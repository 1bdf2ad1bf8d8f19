/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/names.h"

const char *const rcpi_furniture_names[] = {"navigation", "site", "date", "related", "caption", "cookie", "promotion", "share", "credit", "other"};
const char *const rcpi_mode_names[] = {"asserted", "quoted", "reported", "conditional"};
const char *const rcpi_difference_names[] = {"quantity", "date", "name", "object", "modality", "attribution", "polarity", "aspect", "scope", "place", "other"};
const char *const rcpi_derivation_names[] = {"copy", "rewrite", "translation", "partial"};
const char *const rcpi_direction_names[] = {"a-from-b", "b-from-a", "siblings", "unknown"};
const char *const rcpi_origin_names[] = {"agency", "medium", "official", "organisation", "person", "anonymous", "other"};
const char *const rcpi_name_type_names[] = {"person", "org", "place", "product", "media", "event", "other"};
