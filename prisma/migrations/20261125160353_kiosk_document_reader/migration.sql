-- AlterTable
ALTER TABLE "Kiosk" ADD COLUMN "documentDeviceId" TEXT;
