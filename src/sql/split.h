/* SPDX-License-Identifier: MIT */
/* The splitter at work: what its engine-independent part shares with each engine's rules. */
#pragma once

#include "sql/lexer.h"
#include "sql/splitter.h"

/* What a byte outside of literals and comments may mean in a statement whose words don't matter. */
typedef enum {
    SPLIT_ORDINARY,
    SPLIT_QUOTE,
    SPLIT_DASH,
    SPLIT_SLASH,
    SPLIT_STAR,
    SPLIT_HASH,
    SPLIT_DOLLAR,
    SPLIT_OPEN,
    SPLIT_CLOSE,
    SPLIT_BACKSLASH,
    SPLIT_TERMINATOR, /* perhaps: MySQL's delimiter may be longer than this byte */
} SplitByte;

/* MySQL's blocks, which END closes. */
typedef enum {
    BLOCK_BEGIN,
    BLOCK_IF,
    BLOCK_CASE,            /* the statement, closed by END CASE */
    BLOCK_CASE_EXPRESSION, /* closed by END */
    BLOCK_LOOP,
    BLOCK_WHILE,
    BLOCK_REPEAT,
    BLOCK_FOR,
    BLOCK_ROUTINE, /* MariaDB's Oracle mode: declarations between IS and BEGIN */
    BLOCK_PACKAGE, /* the same: a package's members */
} BlockKind;

typedef struct {
    BlockKind kind;
    size_t offset; /* of the word that opened it */
} Block;

/* Where in a stored program the next token stands. */
typedef enum {
    AT_NAME,            /* a routine's header up to its parameters' ")" */
    AT_CHARACTERISTICS, /* a procedure's header after them */
    AT_RETURNS,         /* a function's header after them */
    AT_EACH_ROW,        /* a trigger's header up to FOR EACH ROW */
    AT_ORDER,           /* a trigger's FOLLOWS or PRECEDES, if there is one */
    AT_ORDER_NAME,      /* the other trigger's name */
    AT_SCHEDULE,        /* an event's header up to DO */
    AT_PACKAGE,         /* a package's header up to AS or IS */
    AT_MEMBER,          /* the header of a routine inside a package or a routine */
    AT_AS,              /* after AS or IS */
    AT_STATEMENT,       /* a statement begins here */
    AT_LABEL,           /* after a word there that may be a label */
    AT_MARK,            /* inside Oracle mode's << label >> */
    AT_DECLARE,         /* after DECLARE */
    AT_HANDLER,         /* after DECLARE ... HANDLER */
    AT_CONDITION,       /* a handler's condition begins or goes on here */
    AT_CONDITION_END,   /* after one */
    AT_ELSEWHERE,       /* inside a statement */
    AT_END_WORD,        /* directly after a block's END */
    AT_END,             /* up to the ";" after that */
} ProgramPosition;

typedef enum {
    BODY_NONE,
    BODY_ATOMIC,  /* PostgreSQL: CREATE FUNCTION, perhaps with BEGIN ATOMIC ... END */
    BODY_COPY,    /* PostgreSQL: COPY, perhaps FROM stdin */
    BODY_PROGRAM, /* MySQL: a stored program or a compound statement */
    BODY_TRIGGER, /* SQLite: CREATE TRIGGER ... BEGIN ...; END */
} BodyKind;

/* What is known of a statement whose words matter. */
typedef struct {
    BodyKind kind;
    size_t opened;    /* where its BEGIN stands */
    size_t depth;     /* PostgreSQL: BEGIN ATOMIC and each CASE in it; SQLite: BEGIN */
    bool after_name;  /* the last word was one after which a keyword is a name: AS, or a "." */
    bool after_begin; /* PostgreSQL: the last word was BEGIN; SQLite: ON has been seen */
    bool after_from;  /* PostgreSQL: the last word was FROM */
    bool from_stdin;  /* PostgreSQL: COPY ... FROM stdin */
    bool after_semi;  /* SQLite: the last token in the body was ";" */
    bool ended;       /* SQLite: it was ";" and then END */
    ProgramPosition position;
    size_t parens; /* MySQL: in headers */
    bool function; /* MySQL: a function's header */
    bool returns;  /* MySQL: its RETURNS has been seen */
    bool operand;  /* MySQL: the last token was one that an operand must follow */
    Block closed;  /* MySQL: the block whose END was the last token */
    bool until;    /* MySQL: in REPEAT's UNTIL */
    unsigned row;  /* MySQL: how much of FOR EACH ROW has been seen */
} Body;

typedef struct {
    const char *text;
    size_t length;
    size_t at; /* of the first byte that isn't dealt with */
    MigEngine engine;
    unsigned first_line;
    MigLexer lexer;

    MigSplit *split;      /* %NULL: only a section's end is looked for */
    MigSplitError *error; /* %NULL likewise */
    MigMarkerFunc is_marker;
    gpointer marker_data;
    size_t marker; /* the section's end */
    bool stopped;  /* by an error or at a marker */
    bool failed;

    /* A position that only goes forward, so that a line isn't counted twice. */
    size_t located;
    unsigned line;
    unsigned column;

    uint8_t special[256]; /* SplitByte */
    const char *delimiter;
    size_t delimiter_length;

    bool in_statement;
    size_t start;      /* of the statement */
    size_t end;        /* behind the last byte of it that is known to be code */
    size_t code_from;  /* where bytes begin that may hold more of it */
    size_t parens;     /* PostgreSQL: how many are open */
    size_t paren_at;   /* the outermost of them */
    size_t version_at; /* MySQL: the version comment that is open; SIZE_MAX: none */
    Body body;
    GArray *blocks; /* (owned) Block: MySQL's that are open; %NULL until needed */
} Splitter;

/* What an engine's rule did with a client's line or a backslash. */
typedef enum {
    SPLIT_NOT_MINE,
    SPLIT_SKIPPED,    /* it was dealt with; `at` stands behind it */
    SPLIT_TERMINATES, /* the statement ends before it; `at` stands behind it */
} SplitClient;

void mig_split_fail(Splitter *s, size_t offset, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* A literal or comment at @at is never closed. */
void mig_split_fail_open(Splitter *s, size_t at);
/* Line and column of an offset, counted on from the last one that was asked for. */
void mig_split_locate(Splitter *s, size_t offset, unsigned *out_line, unsigned *out_column);
/* Carries out or notes the directive, if it is one, in the "--" comment from @begin to @end. */
void mig_split_directive(Splitter *s, size_t begin, size_t end);
/* Makes a statement of a span of which the engine's rule knows the end. */
void mig_split_emit(Splitter *s, size_t start, size_t end);
/* @delimiter: (borrowed) what ends the statements from here on */
void mig_split_set_delimiter(Splitter *s, const char *delimiter, size_t length);
/* Whether the line that @at stands in has but white space from there on. */
bool mig_split_blank_line(const Splitter *s, size_t at);

/*
 * What each engine knows:
 * - `line`: a line of its client's, at a place where a statement might begin;
 * - `backslash`: one outside of literals, in a statement or before one;
 * - `begin`: whether the words of the statement that begins at `start` matter;
 * - `feed`: one of its tokens, comments left out, or the ";": whether it ends the statement;
 * - `finish`: the statement ends here, for `at` stands at its terminator or at the text's end.
 */
SplitClient mig_split_postgres_backslash(Splitter *s);
void mig_split_postgres_begin(Splitter *s);
bool mig_split_postgres_feed(Splitter *s, const MigToken *token);
void mig_split_postgres_finish(Splitter *s);
void mig_split_postgres_data(Splitter *s, MigStatement *statement);

SplitClient mig_split_mysql_line(Splitter *s);
SplitClient mig_split_mysql_backslash(Splitter *s);
void mig_split_mysql_begin(Splitter *s);
bool mig_split_mysql_feed(Splitter *s, const MigToken *token);
void mig_split_mysql_finish(Splitter *s);

SplitClient mig_split_sqlite_line(Splitter *s);
void mig_split_sqlite_begin(Splitter *s);
bool mig_split_sqlite_feed(Splitter *s, const MigToken *token);
void mig_split_sqlite_finish(Splitter *s);
