/* SPDX-License-Identifier: MIT */
/* Volatility of PostgreSQL's own functions, and with it of an expression: does ADD COLUMN rewrite? */
#include "locks/postgres_volatility.h"

#include <stdlib.h>
#include <string.h>

/*
 * From pg_proc of PostgreSQL 15, where a name has functions of several volatilities by the most
 * volatile of them; what came with 16 to 18 and some of contrib is added. Both are sorted. A name
 * that is in neither is volatile: random(), gen_random_uuid(), nextval(), and all that isn't known.
 */
/* clang-format off */
static const char *const immutable_names[] = {
    "abbrev", "abs", "acldefault", "acos", "acosd", "acosh", "area", "array_append",
    "array_cat", "array_dims", "array_fill", "array_length", "array_lower", "array_ndims",
    "array_position", "array_positions", "array_prepend", "array_remove", "array_replace",
    "array_reverse", "array_sort", "array_to_tsvector", "array_upper", "ascii", "asin", "asind",
    "asinh", "atan", "atan2", "atan2d", "atand", "atanh", "bit", "bit_count", "bit_length",
    "bool", "box", "bpchar", "broadcast", "btrim", "cardinality", "casefold", "cash_words",
    "cbrt", "ceil", "ceiling", "center", "char", "char_length", "character_length", "chr",
    "cidr", "circle", "coalesce", "cos", "cosd", "cosh", "cot", "cotd", "crc32", "crc32c",
    "date_bin", "datemultirange", "daterange", "daterange_canonical", "daterange_subdiff",
    "decode", "degrees", "dexp", "diagonal", "diameter", "digest", "div", "dlog1", "dlog10",
    "dround", "dtrunc", "encode", "erf", "erfc", "exp", "factorial", "family", "float4",
    "float8", "float8_combine", "float8_regr_combine", "floor", "gcd", "generate_subscripts",
    "get_bit", "get_byte", "greatest", "height", "hmac", "host", "hostmask", "hstore",
    "initcap", "int2", "int2_avg_accum_inv", "int2int4_sum", "int4", "int4_avg_accum_inv",
    "int4_avg_combine", "int4inc", "int4multirange", "int4range", "int4range_canonical",
    "int4range_subdiff", "int8", "int8_sum", "int8dec", "int8dec_any", "int8multirange",
    "int8range", "int8range_canonical", "int8range_subdiff", "interval", "interval_accum_inv",
    "interval_combine", "is_normalized", "isclosed", "isempty", "isfinite", "ishorizontal",
    "isopen", "isparallel", "isperp", "isvertical", "json_array_elements",
    "json_array_elements_text", "json_array_length", "json_each", "json_each_text",
    "json_object", "json_object_keys", "json_strip_nulls", "json_typeof",
    "jsonb_array_elements", "jsonb_array_elements_text", "jsonb_array_length", "jsonb_each",
    "jsonb_each_text", "jsonb_insert", "jsonb_object", "jsonb_object_keys", "jsonb_path_exists",
    "jsonb_path_match", "jsonb_path_query", "jsonb_path_query_array", "jsonb_path_query_first",
    "jsonb_pretty", "jsonb_set", "jsonb_set_lax", "jsonb_strip_nulls", "jsonb_typeof",
    "justify_days", "justify_hours", "justify_interval", "lcm", "least", "left", "like",
    "like_escape", "line", "ln", "log", "log10", "lower", "lower_inc", "lower_inf", "lpad",
    "lseg", "ltrim", "macaddr", "macaddr8", "macaddr8_set7bit", "make_date", "make_interval",
    "make_time", "make_timestamp", "makeaclitem", "masklen", "md5", "min", "min_scale", "mod",
    "multirange", "name", "nameconcatoid", "netmask", "network", "normalize", "notlike",
    "npoints", "nullif", "num_nonnulls", "num_nulls", "numeric_div_trunc", "numeric_exp",
    "numeric_inc", "numeric_ln", "numeric_log", "numeric_sqrt", "nummultirange", "numnode",
    "numrange", "numrange_subdiff", "octet_length", "oid", "overlay", "parse_ident", "path",
    "pclose", "pg_encoding_max_length", "pg_indexam_progress_phasename", "pg_partition_root",
    "pg_size_bytes", "pg_size_pretty", "pg_snapshot_xip", "pg_snapshot_xmax",
    "pg_visible_in_snapshot", "pg_wal_lsn_diff", "pg_walfile_name", "pg_walfile_name_offset",
    "pi", "point", "polygon", "popen", "position", "postgresql_fdw_validator", "pow", "power",
    "querytree", "quote_ident", "radians", "radius", "range_merge", "regexp_count",
    "regexp_instr", "regexp_like", "regexp_match", "regexp_matches", "regexp_replace",
    "regexp_split_to_array", "regexp_split_to_table", "regexp_substr", "repeat", "replace",
    "reverse", "right", "round", "rpad", "rtrim", "satisfies_hash_partition", "scale",
    "set_bit", "set_byte", "set_masklen", "setweight", "sha224", "sha256", "sha384", "sha512",
    "sign", "similar_escape", "similar_to_escape", "similarity", "sin", "sind", "sinh", "slope",
    "split_part", "sqrt", "starts_with", "string_to_array", "string_to_table", "strip",
    "strpos", "substr", "substring", "tan", "tand", "tanh", "text", "textlen", "to_ascii",
    "to_bin", "to_hex", "to_oct", "translate", "trim", "trim_array", "trim_scale", "trunc",
    "ts_delete", "ts_filter", "ts_lexize", "ts_rank", "ts_rank_cd", "tsmultirange",
    "tsquery_phrase", "tsrange", "tsrange_subdiff", "tstzmultirange", "tstzrange",
    "tstzrange_subdiff", "tsvector_to_array", "txid_snapshot_xip", "txid_snapshot_xmax",
    "txid_visible_in_snapshot", "unistr", "unnest", "upper", "upper_inc", "upper_inf",
    "uuid_extract_timestamp", "uuid_extract_version", "uuid_nil", "uuid_ns_dns", "uuid_ns_oid",
    "uuid_ns_url", "varbit", "varchar", "width", "width_bucket", "xid",
    "xml_is_well_formed_content", "xml_is_well_formed_document", "xmlcomment", "xmlexists",
    "xmlvalidate", "xpath", "xpath_exists",
};

static const char *const stable_names[] = {
    "aclexplode", "age", "array_to_json", "array_to_string", "col_description", "concat",
    "concat_ws", "convert", "convert_from", "convert_to", "current_catalog", "current_database",
    "current_date", "current_role", "current_schema", "current_schemas", "current_setting",
    "current_time", "current_timestamp", "current_user", "database_to_xml",
    "database_to_xml_and_xmlschema", "database_to_xmlschema", "date", "date_part", "date_trunc",
    "enum_first", "enum_last", "enum_range", "extract", "fmgr_c_validator",
    "fmgr_internal_validator", "fmgr_sql_validator", "format", "format_type", "generate_series",
    "get_current_ts_config", "getdatabaseencoding", "getpgusername", "has_any_column_privilege",
    "has_column_privilege", "has_database_privilege", "has_foreign_data_wrapper_privilege",
    "has_function_privilege", "has_language_privilege", "has_parameter_privilege",
    "has_schema_privilege", "has_sequence_privilege", "has_server_privilege",
    "has_table_privilege", "has_tablespace_privilege", "has_type_privilege", "inet_client_addr",
    "inet_client_port", "inet_server_addr", "inet_server_port", "json_build_array",
    "json_build_object", "json_populate_record", "json_populate_recordset", "json_to_record",
    "json_to_recordset", "json_to_tsvector", "jsonb_build_array", "jsonb_build_object",
    "jsonb_path_exists_tz", "jsonb_path_match_tz", "jsonb_path_query_array_tz",
    "jsonb_path_query_first_tz", "jsonb_path_query_tz", "jsonb_populate_record",
    "jsonb_populate_recordset", "jsonb_to_record", "jsonb_to_recordset", "jsonb_to_tsvector",
    "length", "localtime", "localtimestamp", "make_timestamptz", "money", "mxid_age", "now",
    "numeric", "obj_description", "oidvectortypes", "overlaps",
    "pg_available_extension_versions", "pg_available_extensions", "pg_backend_pid",
    "pg_char_to_encoding", "pg_client_encoding", "pg_collation_for", "pg_collation_is_visible",
    "pg_column_compression", "pg_column_is_updatable", "pg_column_size", "pg_conf_load_time",
    "pg_config", "pg_conversion_is_visible", "pg_current_snapshot", "pg_current_xact_id",
    "pg_current_xact_id_if_assigned", "pg_cursor", "pg_describe_object", "pg_encoding_to_char",
    "pg_event_trigger_ddl_commands", "pg_event_trigger_dropped_objects",
    "pg_event_trigger_table_rewrite_oid", "pg_event_trigger_table_rewrite_reason",
    "pg_extension_update_paths", "pg_filenode_relation", "pg_function_is_visible",
    "pg_get_catalog_foreign_keys", "pg_get_constraintdef", "pg_get_expr",
    "pg_get_function_arg_default", "pg_get_function_arguments",
    "pg_get_function_identity_arguments", "pg_get_function_result", "pg_get_function_sqlbody",
    "pg_get_functiondef", "pg_get_indexdef", "pg_get_keywords", "pg_get_object_address",
    "pg_get_partition_constraintdef", "pg_get_partkeydef", "pg_get_publication_tables",
    "pg_get_replica_identity_index", "pg_get_replication_slots", "pg_get_ruledef",
    "pg_get_serial_sequence", "pg_get_statisticsobjdef", "pg_get_statisticsobjdef_columns",
    "pg_get_statisticsobjdef_expressions", "pg_get_triggerdef", "pg_get_userbyid",
    "pg_get_viewdef", "pg_has_role", "pg_identify_object", "pg_identify_object_as_address",
    "pg_index_column_has_property", "pg_index_has_property", "pg_indexam_has_property",
    "pg_is_other_temp_schema", "pg_listening_channels", "pg_mcv_list_items",
    "pg_my_temp_schema", "pg_opclass_is_visible", "pg_operator_is_visible",
    "pg_opfamily_is_visible", "pg_options_to_table", "pg_postmaster_start_time",
    "pg_prepared_statement", "pg_relation_filenode", "pg_relation_filepath",
    "pg_relation_is_publishable", "pg_relation_is_updatable", "pg_replication_origin_oid",
    "pg_sequence_parameters", "pg_settings_get_flags", "pg_show_all_settings",
    "pg_statistics_obj_is_visible", "pg_table_is_visible", "pg_tablespace_databases",
    "pg_tablespace_location", "pg_timezone_abbrevs", "pg_timezone_names", "pg_trigger_depth",
    "pg_ts_config_is_visible", "pg_ts_dict_is_visible", "pg_ts_parser_is_visible",
    "pg_ts_template_is_visible", "pg_type_is_visible", "pg_typeof", "phraseto_tsquery",
    "plainto_tsquery", "quote_literal", "quote_nullable", "regclass", "row_to_json",
    "schema_to_xml", "schema_to_xml_and_xmlschema", "schema_to_xmlschema", "session_user",
    "shobj_description", "statement_timestamp", "system_user", "table_to_xml",
    "table_to_xml_and_xmlschema", "table_to_xmlschema", "time", "timestamp", "timestamptz",
    "timetz", "timezone", "to_char", "to_date", "to_json", "to_jsonb", "to_number",
    "to_regclass", "to_regcollation", "to_regnamespace", "to_regoper", "to_regoperator",
    "to_regproc", "to_regprocedure", "to_regrole", "to_regtype", "to_timestamp", "to_tsquery",
    "to_tsvector", "transaction_timestamp", "ts_debug", "ts_headline", "ts_parse",
    "ts_token_type", "txid_current", "txid_current_if_assigned", "txid_current_snapshot",
    "unaccent", "user", "version", "websearch_to_tsquery", "xml", "xml_is_well_formed",
};

/* PostgreSQL 18, pg_proc.provolatile, and the manuals of pgcrypto and uuid-ossp: what is likely to
 * stand in a default. Sorted, as the others. */
static const char *const volatile_names[] = {
    "array_sample", "array_shuffle", "clock_timestamp", "currval", "gen_random_bytes",
    "gen_random_uuid", "gen_salt", "lastval", "nextval", "random", "random_normal", "setval",
    "timeofday", "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4", "uuidv4", "uuidv7",
};
/* clang-format on */

enum {
    MAX_EXPRESSION_DEPTH = 200, /* deeper ones are taken for volatile */
    MAX_CALL_DEPTH = 4,         /* of SQL functions that are looked into */
};

static int
compare_names(const void *key, const void *member)
{
    return strcmp(key, *(const char *const *)member);
}

static bool
is_among(const char *const *names, size_t n, const char *name)
{
    return bsearch(name, names, n, sizeof *names, compare_names) != NULL;
}

static char
own_volatility(const char *name)
{
    if (is_among(immutable_names, G_N_ELEMENTS(immutable_names), name))
        return 'i';
    if (is_among(stable_names, G_N_ELEMENTS(stable_names), name))
        return 's';
    return 'v';
}

/* 'i' < 's' < 'v' is also the order of the letters. */
static char
stronger(char a, char b)
{
    return MAX(a, b);
}

static char
volatility_of(const MigExpr *expr, const MigCatalog *catalog, unsigned depth, unsigned calls);

/* A function that is one SELECT of one expression is put in its place, and then counts for what it
 * contains. */
static char
inlined_volatility(const MigRoutine *routine, const MigCatalog *catalog, unsigned calls)
{
    g_autoptr(MigChanges) body = NULL;

    if (routine->body == NULL || g_strcmp0(routine->language, "sql") != 0 ||
        calls >= MAX_CALL_DEPTH || routine->security_definer || routine->n_options > 0)
        return 'v';
    body = mig_parse(routine->body, routine->body_length, MIG_ENGINE_POSTGRES,
                     mig_catalog_version(catalog));
    if (body->status != MIG_PARSE_OK || body->n_changes != 1 ||
        body->changes[0].kind != MIG_CHANGE_SELECT || body->changes[0].query == NULL)
        return 'v';

    const MigQuery *query = body->changes[0].query;
    if (query->n_targets != 1 || query->n_from != 0 || query->where != NULL ||
        query->next != NULL || query->n_ctes != 0 || query->targets[0].value == NULL)
        return 'v';
    return volatility_of(query->targets[0].value, catalog, 0, calls + 1);
}

static char
call_volatility(const MigExpr *call, const MigCatalog *catalog, unsigned calls)
{
    const MigUserRoutine *user = NULL;
    char own = call->schema == NULL || g_str_equal(call->schema, "pg_catalog")
                   ? own_volatility(call->name)
                   : 'v';

    if (own != 'v')
        return own;
    if (mig_catalog_routine(catalog, call->schema, call->name, &user) != MIG_LOOKUP_FOUND ||
        user->routine == NULL)
        return 'v';
    if (user->routine->volatility == 'i' || user->routine->volatility == 's')
        return user->routine->volatility;
    return inlined_volatility(user->routine, catalog, calls);
}

static bool
is_literal(const MigExpr *expr, const char *text)
{
    return expr->kind == MIG_EXPR_LITERAL && g_strcmp0(expr->text, text) == 0;
}

/* Where the first condition is a constant, only one branch is left. */
static char
case_volatility(const MigExpr *expr, const MigCatalog *catalog, unsigned depth, unsigned calls)
{
    char found = 'i';

    if (expr->n_args == 3 && is_literal(expr->args[0], "false"))
        return volatility_of(expr->args[2], catalog, depth, calls);
    if (expr->n_args >= 2 && expr->n_args <= 3 && is_literal(expr->args[0], "true"))
        return volatility_of(expr->args[1], catalog, depth, calls);
    for (size_t i = 0; i < expr->n_args; i++)
        found = stronger(found, volatility_of(expr->args[i], catalog, depth, calls));
    return found;
}

static char
volatility_of(const MigExpr *expr, const MigCatalog *catalog, unsigned depth, unsigned calls)
{
    char found = 'i';
    bool coalesce = expr->kind == MIG_EXPR_CALL && g_strcmp0(expr->name, "coalesce") == 0;

    if (depth >= MAX_EXPRESSION_DEPTH || expr->query != NULL)
        return 'v';
    if (expr->kind == MIG_EXPR_CASE)
        return case_volatility(expr, catalog, depth + 1, calls);
    if (expr->kind == MIG_EXPR_CALL)
        found = call_volatility(expr, catalog, calls);
    /* Whether a cast reads the time zone or not, it is never volatile; nor are operators. */
    if (expr->kind == MIG_EXPR_OPERATOR && g_strcmp0(expr->text, "at time zone") == 0)
        found = 's';
    for (size_t i = 0; i < expr->n_args && found != 'v'; i++) {
        found = stronger(found, volatility_of(expr->args[i], catalog, depth + 1, calls));
        if (coalesce && expr->args[i]->kind == MIG_EXPR_LITERAL)
            break;
    }
    return found;
}

char
mig_postgres_volatility(const MigExpr *expr, const MigCatalog *catalog)
{
    return expr != NULL ? volatility_of(expr, catalog, 0, 0) : 'i';
}

typedef struct {
    const MigCatalog *catalog;
    const char *name;
} Unknown;

static bool
look_for_unknown(const MigExpr *expr, gpointer data)
{
    Unknown *unknown = data;

    if (expr->kind != MIG_EXPR_CALL || expr->name == NULL || unknown->name != NULL)
        return unknown->name == NULL;
    if (call_volatility(expr, unknown->catalog, 0) == 'v' &&
        !is_among(volatile_names, G_N_ELEMENTS(volatile_names), expr->name) &&
        mig_catalog_routine(unknown->catalog, expr->schema, expr->name, NULL) != MIG_LOOKUP_FOUND)
        unknown->name = expr->name;
    return unknown->name == NULL;
}

const char *
mig_postgres_unknown_call(const MigExpr *expr, const MigCatalog *catalog)
{
    Unknown unknown = {.catalog = catalog};

    if (expr != NULL)
        mig_expr_walk(expr, look_for_unknown, &unknown);
    return unknown.name;
}
