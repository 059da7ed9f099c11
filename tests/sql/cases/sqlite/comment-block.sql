/* it's; */SELECT 1;/* a /* b */SELECT 2;/***/SELECT 3;/*/;*/SELECT 4;
