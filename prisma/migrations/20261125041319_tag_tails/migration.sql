-- AlterTable
ALTER TABLE "Credential" ADD COLUMN "tail" TEXT;

-- CreateIndex
CREATE INDEX "Credential_tail_idx" ON "Credential"("tail");

-- What credentialColumns of hardware/credential.ts gives to new ones.
UPDATE "Credential" SET "tail" = substr("key", -6) WHERE "key" LIKE 'em4100:%';
