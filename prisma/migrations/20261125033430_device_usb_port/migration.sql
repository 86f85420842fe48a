-- AlterTable
ALTER TABLE "Device" ADD COLUMN "usbPort" TEXT;
