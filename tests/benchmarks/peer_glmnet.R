# One lasso path by R's glmnet: Rscript peer_glmnet.R FOLDER TOLERANCE. Runs twice and reports the second.
#
# FOLDER holds shape.txt (rows, inputs, λ) and, as little-endian doubles, inputs.bin by columns, targets.bin and
# lambdas.bin; weights.bin and seconds.txt are written there.
suppressMessages(library(glmnet))
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
shape <- scan(file.path(folder, "shape.txt"), quiet = TRUE)
doubles <- function(name, n) readBin(file.path(folder, name), "double", n, endian = "little")
x <- matrix(doubles("inputs.bin", shape[1] * shape[2]), shape[1], shape[2])
y <- doubles("targets.bin", shape[1])
lambda <- doubles("lambdas.bin", shape[3])
# Else it ends where hardly anything is left to explain.
glmnet.control(fdev = 0, devmax = 1)
for (run in 1:2) {
  began <- Sys.time()
  found <- glmnet(x, y, lambda = lambda, standardize = FALSE, intercept = FALSE, thresh = as.numeric(arguments[2]),
                  maxit = 1e8)
  seconds <- as.numeric(Sys.time() - began, units = "secs")
}
weights <- matrix(0, shape[2], shape[3])
weights[, seq_along(found$lambda)] <- as.matrix(found$beta)
writeBin(as.vector(weights), file.path(folder, "weights.bin"), endian = "little")
cat(format(seconds, digits = 15), file = file.path(folder, "seconds.txt"))
