ALTER TABLE `a|b` ADD `<script>alert(1)</script>` int COMMENT '| **x** [y](z) @team
## h';
