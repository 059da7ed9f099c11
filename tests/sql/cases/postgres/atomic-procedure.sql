create procedure p(a int) language sql begin atomic insert into t values (a); insert into t values (a + 1); end; select 1;
