SELECT a[1:2], :name, :'str;', :"id;";SELECT x::int[];
