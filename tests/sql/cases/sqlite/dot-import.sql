SELECT 1;
.import x.csv t
