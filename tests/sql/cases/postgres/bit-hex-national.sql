SELECT B'01;', x'1f;', N'n;\', U&'d\0061t;' UESCAPE '!' ;SELECT U&"d;\0061";
