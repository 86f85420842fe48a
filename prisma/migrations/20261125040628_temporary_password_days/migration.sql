-- AlterTable
ALTER TABLE "School" ADD COLUMN "temporaryPasswordDays" INTEGER NOT NULL DEFAULT 7;

-- AlterTable
ALTER TABLE "user" ADD COLUMN "temporaryUntil" BIGINT;

-- Temporary passwords that were given out before this run out as those given out now.
UPDATE "user" SET "temporaryUntil" = (CAST(strftime('%s', 'now') AS INTEGER) + 7 * 86400) * 1000
WHERE "mustChangePassword";
