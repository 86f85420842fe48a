-- AlterTable
ALTER TABLE "Cardholder" ADD COLUMN "search" TEXT;
