-- Columns are added one by one: a table made anew would let its rows' foreign keys go.
-- AlterTable
ALTER TABLE "School" ADD COLUMN "feedback" TEXT NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "Alarm" ADD COLUMN "readerId" TEXT;

-- AlterTable
ALTER TABLE "Lane" ADD COLUMN "outputReader" INTEGER;
ALTER TABLE "Lane" ADD COLUMN "dpsReader" INTEGER;
ALTER TABLE "Lane" ADD COLUMN "rexReader" INTEGER;
ALTER TABLE "Lane" ADD COLUMN "demandsSecure" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Lane" ADD COLUMN "pinIn" TEXT NOT NULL DEFAULT 'card';
ALTER TABLE "Lane" ADD COLUMN "pinOut" TEXT NOT NULL DEFAULT 'card';

-- AlterTable
ALTER TABLE "Reader" ADD COLUMN "feedback" TEXT NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "ReaderKey" (
    "deviceId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "sealed" TEXT NOT NULL,

    PRIMARY KEY ("deviceId", "number")
);

-- CreateTable
CREATE TABLE "Pin" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "cardholderId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    CONSTRAINT "Pin_cardholderId_fkey" FOREIGN KEY ("cardholderId") REFERENCES "Cardholder" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Pin_cardholderId_key" ON "Pin"("cardholderId");

-- CreateIndex
CREATE UNIQUE INDEX "Pin_hash_key" ON "Pin"("hash");
