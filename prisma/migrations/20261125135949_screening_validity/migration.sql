-- AlterTable
ALTER TABLE "ScreeningEntry" ADD COLUMN "validUntil" BIGINT;
