#!lua name=mdr2

-- What renewal changes and reads in Redis, each in one step; keys and records are
-- in ../README.md. No function knows a policy: the caller has decided.
--
-- Functions do not roll back. So each one reads every key that it will write,
-- with a command of that key's type, before its first write. All but the log,
-- whose write is the first and may be refused.
--
-- Every answer begins with a code: 'OK', or why nothing was changed.

