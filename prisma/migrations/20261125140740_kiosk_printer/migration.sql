-- AlterTable
ALTER TABLE "Kiosk" ADD COLUMN "printerId" TEXT;
