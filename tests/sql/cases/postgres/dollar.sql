SELECT $$a;b$$;SELECT $$it's "; -- /* $$;
