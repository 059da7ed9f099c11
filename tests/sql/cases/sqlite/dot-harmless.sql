.echo on
.headers on
.mode column
.print hello; there
.bail on
# a comment of the shell
SELECT 1;
