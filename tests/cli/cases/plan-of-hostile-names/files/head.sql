-- Author: <script>alert(1)</script>
-- Ticket: "><img src=x onerror=alert(1)>
-- ===== UP =====
CREATE TABLE "<script>alert(2)</script>" (a int);
ALTER TABLE "a'""&amp;" ADD COLUMN "</pre><script>" text DEFAULT '</style><script>alert(3)</script>';
ALTER TABLE orders ADD COLUMN "‮evil⁦" int;
