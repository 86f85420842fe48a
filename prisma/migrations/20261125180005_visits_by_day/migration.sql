-- CreateIndex
CREATE INDEX "Visit_expectedFrom_id_idx" ON "Visit"("expectedFrom", "id");

-- CreateIndex
CREATE INDEX "Visit_enteredAt_idx" ON "Visit"("enteredAt");
