-- AlterTable
ALTER TABLE "VisitorType" ADD COLUMN "guardians" BOOLEAN NOT NULL DEFAULT false;

-- Until now a kiosk went by the names.
UPDATE "VisitorType" SET "guardians" = true
WHERE "nameZh" LIKE '%家长%' OR "nameZh" LIKE '%监护%' OR "nameEn" LIKE '%parent%' OR "nameEn" LIKE '%guardian%';
