-- CreateTable
CREATE TABLE "KioskPin" (
    "accountId" TEXT NOT NULL PRIMARY KEY,
    "hash" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "KioskPin_hash_key" ON "KioskPin"("hash");
